// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2

package main

// ExportVm for the simulator: govmomi 0.24.2 has ImportVApp leases but no ExportVm, and its /nfc GET handler is broken
// (io.Copy to a nil writer). So: our own lease object and our own HTTP path, with real bytes of the backing file.

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

var (
	exportDir  string // directory that holds NAME.vmdk (streamOptimized) per VM name; default.vmdk otherwise
	exportBase string
	exports    sync.Map
	seq        int
)

type exportLease struct{ mo.HttpNfcLease }

func (l *exportLease) HttpNfcLeaseComplete(ctx *simulator.Context, req *types.HttpNfcLeaseComplete) soap.HasFault {
	exports.Delete(req.This.Value[len("session[export]"):])
	ctx.Session.Remove(req.This)
	return &methods.HttpNfcLeaseCompleteBody{Res: new(types.HttpNfcLeaseCompleteResponse)}
}
func (l *exportLease) HttpNfcLeaseAbort(ctx *simulator.Context, req *types.HttpNfcLeaseAbort) soap.HasFault {
	exports.Delete(req.This.Value[len("session[export]"):])
	ctx.Session.Remove(req.This)
	return &methods.HttpNfcLeaseAbortBody{Res: new(types.HttpNfcLeaseAbortResponse)}
}
func (l *exportLease) HttpNfcLeaseProgress(ctx *simulator.Context, req *types.HttpNfcLeaseProgress) soap.HasFault {
	return &methods.HttpNfcLeaseProgressBody{Res: new(types.HttpNfcLeaseProgressResponse)}
}

type exportVM struct{ simulator.VirtualMachine } // by value: the property collector digs for the mo type through field 0

func (vm *exportVM) ExportVm(ctx *simulator.Context, req *types.ExportVm) soap.HasFault {
	body := &methods.ExportVmBody{}
	if vm.Runtime.PowerState == types.VirtualMachinePowerStatePoweredOn {
		body.Fault_ = simulator.Fault("", &types.InvalidPowerState{RequestedState: types.VirtualMachinePowerStatePoweredOff, ExistingState: vm.Runtime.PowerState})
		return body
	}
	f := filepath.Join(exportDir, vm.Name+".vmdk")
	st, err := os.Stat(f)
	if err != nil {
		f = filepath.Join(exportDir, "default.vmdk")
		if st, err = os.Stat(f); err != nil {
			body.Fault_ = simulator.Fault(err.Error(), &types.InvalidArgument{})
			return body
		}
	}
	seq++
	id := fmt.Sprintf("session[export]%08d", seq)
	l := &exportLease{}
	l.Self = types.ManagedObjectReference{Type: "HttpNfcLease", Value: id}
	l.State = types.HttpNfcLeaseStateReady
	l.Info = &types.HttpNfcLeaseInfo{Lease: l.Self, Entity: vm.Self, LeaseTimeout: 300, TotalDiskCapacityInKB: st.Size() / 1024,
		DeviceUrl: []types.HttpNfcLeaseDeviceUrl{{Key: "/" + vm.Self.Value + "/VirtualLsiLogicController0:0", ImportKey: "disk-0",
			Url: exportBase + "/export/" + id[len("session[export]"):] + "/disk-0.vmdk", Disk: types.NewBool(true), TargetId: "disk-0.vmdk", DatastoreKey: "ds0", FileSize: st.Size()}}}
	exports.Store(id[len("session[export]"):], f)
	ctx.Session.Put(l)
	body.Res = &types.ExportVmResponse{Returnval: l.Self}
	return body
}

func enableExport(m *simulator.Model) {
	for _, e := range simulator.Map.All("VirtualMachine") {
		simulator.Map.Put(&exportVM{*e.(*simulator.VirtualMachine)})
	}
	m.Service.HandleFunc("/export/", func(w http.ResponseWriter, r *http.Request) {
		p := strings.Split(r.URL.Path, "/")
		f, ok := exports.Load(p[2])
		if !ok {
			http.NotFound(w, r)
			return
		}
		http.ServeFile(w, r, f.(string))
	})
}
