global_defs {
  router_id ${ROUTER_NAME}
}
vrrp_sync_group COMPOSE {
  group {
    INNER
    OUTER
  }
}
vrrp_instance INNER {
  state BACKUP
  interface ${INNER_IF}
  virtual_router_id ${INNER_ID}
  priority ${PRIORITY}
  advert_int 1
  virtual_ipaddress {
    ${INNER_VIP}/24
  }
}
vrrp_instance OUTER {
  state BACKUP
  interface ${OUTER_IF}
  virtual_router_id ${OUTER_ID}
  priority ${PRIORITY}
  advert_int 1
  virtual_ipaddress {
    ${OUTER_VIP}/24
  }
}
