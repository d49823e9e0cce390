/** An ordinary director's file of 60 lines. */
export const smallDirector = `global_defs {
    router_id lb1
    enable_script_security
    script_user root
}

vrrp_script check_balancer {
    script "/usr/local/sbin/check-balancer"
    interval 2
    fall 2
    rise 2
}

vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id 51
    priority 150
    advert_int 1
    nopreempt
    virtual_ipaddress {
        192.0.2.100/24 dev eth0
    }
    track_script {
        check_balancer
    }
}

virtual_server 192.0.2.100 80 {
    delay_loop 6
    lb_algo wrr
    lb_kind DR
    protocol TCP

    real_server 192.0.2.21 80 {
        weight 3
        HTTP_GET {
            url {
                path /health
                status_code 200
            }
            connect_timeout 3
            retry 2
            delay_before_retry 2
        }
    }
    real_server 192.0.2.22 80 {
        weight 1
        HTTP_GET {
            url {
                path /health
                status_code 200
            }
            connect_timeout 3
            retry 2
            delay_before_retry 2
        }
    }
}
`;
