// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/site/ovafile.h"

#include <gtest/gtest.h>

namespace portulan::tests {

std::string makeOva(const Workshop &dir, const std::string &raw, const std::string &extra)
{
    std::ofstream(dir.path("nano.ovf")) << R"(<?xml version="1.0" encoding="UTF-8"?>
<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
  xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData">
  <References><File ovf:href="nano-disk1.vmdk" ovf:id="file1"/>)"
                                        << extra << R"(</References>
  <DiskSection><Info>Disks</Info><Disk ovf:capacity="1048576" ovf:diskId="vmdisk1" ovf:fileRef="file1"/></DiskSection>
  <VirtualSystem ovf:id="nano"><Info>A machine</Info><Name>Vieux serveur « nano »</Name>
    <VirtualHardwareSection><Info>Hardware</Info>
      <Item><rasd:ResourceType>3</rasd:ResourceType><rasd:VirtualQuantity>2</rasd:VirtualQuantity></Item>
      <Item><rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits><rasd:ResourceType>4</rasd:ResourceType><rasd:VirtualQuantity>64</rasd:VirtualQuantity></Item>
      <Item><rasd:HostResource>ovf:/disk/vmdisk1</rasd:HostResource><rasd:ResourceType>17</rasd:ResourceType></Item>
    </VirtualHardwareSection></VirtualSystem></Envelope>)";
    EXPECT_EQ(dir.run("qemu-img convert -O vmdk -o subformat=streamOptimized '" + raw
                  + "' nano-disk1.vmdk"
                    " && for f in nano.ovf nano-disk1.vmdk; do echo \"SHA256($f)= $(sha256sum $f | cut -d' ' -f1)\"; done > nano.mf"
                    " && tar --format=ustar -cf nano.ova nano.ovf nano.mf nano-disk1.vmdk"),
        0);
    return dir.path("nano.ova");
}

}
