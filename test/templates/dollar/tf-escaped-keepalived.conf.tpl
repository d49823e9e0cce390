# filled in by Terraform; keepalived puts in its own definitions
$DEVICE=${device}
global_defs {
  router_id ${name}
}
vrrp_instance ESCAPED {
  state BACKUP
  interface $DEVICE
  virtual_router_id ${id}
  priority ${priority}
  advert_int 1
  virtual_ipaddress {
    ${vip}/24 dev $${DEVICE}
  }
}
