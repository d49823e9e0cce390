vrrp_instance INLINE {
  state %{ if index == 0 }MASTER%{ else }BACKUP%{ endif }
  interface ${var_interface}
  virtual_router_id 77
  priority ${index == 0 ? 150 : 100}
  advert_int 1
  virtual_ipaddress {
    ${join("\n    ", addresses)}
  }
}
