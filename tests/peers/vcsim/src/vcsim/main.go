// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2

// A vCenter simulator on Debian's golang-github-vmware-govmomi-dev, which ships its library and no program.
package main

import (
	"crypto/tls"
	"flag"
	"fmt"
	"log"
	"net/url"
	"os"
	"os/signal"
	"syscall"

	"github.com/vmware/govmomi/simulator"
	_ "github.com/vmware/govmomi/vapi/simulator"
)

func main() {
	m := simulator.VPX()
	listen := flag.String("l", "127.0.0.1:0", "listen")
	useTLS := flag.Bool("tls", true, "TLS")
	flag.IntVar(&m.Datacenter, "dc", 1, "datacenters")
	flag.IntVar(&m.Cluster, "cluster", 1, "clusters")
	flag.IntVar(&m.ClusterHost, "host", 3, "hosts per cluster")
	flag.IntVar(&m.Machine, "vm", 5, "vms per pool")
	flag.IntVar(&m.Datastore, "ds", 2, "datastores")
	flag.IntVar(&m.Pool, "pool", 0, "pools")
	flag.StringVar(&exportDir, "export", "", "directory of streamOptimized vmdk per VM name")
	flag.Parse()
	if err := m.Create(); err != nil {
		log.Fatal(err)
	}
	m.Service.RegisterEndpoints = true
	m.Service.Listen = &url.URL{Host: *listen, User: url.UserPassword("user", "pass")}
	if *useTLS {
		m.Service.TLS = new(tls.Config)
	}
	if exportDir != "" {
		enableExport(m)
	}
	s := m.Service.NewServer()
	exportBase = s.URL.Scheme + "://" + s.URL.Host
	fmt.Println(exportBase + "/sdk")
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGINT, syscall.SIGTERM)
	<-c
	m.Remove()
	s.Close()
}
