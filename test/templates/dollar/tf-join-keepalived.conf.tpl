global_defs {
  enable_script_security
  script_user keepalived_script
}

vrrp_instance JOINED {
  state BACKUP
  interface ${interface}
  virtual_router_id ${vrid}
  priority ${priority}
  advert_int 1
  unicast_src_ip ${private_ip}
  unicast_peer {
    ${join("\n    ", [for ip in all_ips : ip if ip != private_ip])}
  }
  virtual_ipaddress {
    ${floating_ip}/32
  }
  notify_master "/usr/local/bin/claim-address ${region}"
}
