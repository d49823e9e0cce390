global_defs {
  enable_script_security
  script_user ${script_user}
}
vrrp_script chk_nginx {
  script "/usr/bin/curl -fso /dev/null http://127.0.0.1:${port}/healthz"
  interval 2
  timeout 1
  fall 2
  rise 2
}
vrrp_instance NGINX {
  state ${role == "primary" ? "MASTER" : "BACKUP"}
  interface ${nic}
  virtual_router_id ${vrid}
  priority ${prio}
  advert_int 1
  preempt_delay 60
  track_script {
    chk_nginx
  }
  virtual_ipaddress {
    ${vip}
  }
}
