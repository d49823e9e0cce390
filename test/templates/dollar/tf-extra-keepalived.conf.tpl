global_defs {
  router_id ${router_id}
}
vrrp_instance BASE {
  state BACKUP
  interface ens160
  virtual_router_id 21
  priority ${priority}
  advert_int 1
  virtual_ipaddress {
    10.21.0.5/24
  }
  ${extra}
}
