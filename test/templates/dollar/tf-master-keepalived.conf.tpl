! Configuration of ${hostname}
global_defs {
  router_id ${hostname}
}

vrrp_instance VI_1 {
  state ${state}
  interface ${interface}
  virtual_router_id ${router_id}
  priority ${priority}
  advert_int 1
  authentication {
    auth_type PASS
    auth_pass ${password}
  }
  virtual_ipaddress {
    ${vip}
  }
}
