global_defs {
  router_id ${upper(name)}
}
%{ for vip in vips ~}

virtual_server ${vip.address} ${vip.port} {
  delay_loop 6
  lb_algo ${lookup(vip, "algo", "wlc")}
  lb_kind DR
  protocol TCP
%{ for server in vip.servers ~}
  real_server ${server} ${vip.port} {
    weight 1
    TCP_CHECK {
      connect_timeout 3
    }
  }
%{ endfor ~}
}
%{ endfor ~}
