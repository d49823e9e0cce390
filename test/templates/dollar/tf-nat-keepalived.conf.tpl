virtual_server ${vip} ${port} {
    delay_loop 10
    lb_algo ${algorithm}
    lb_kind NAT
    protocol ${protocol}
%{ if persistence > 0 ~}
    persistence_timeout ${persistence}
%{ endif ~}
%{ for backend in backends ~}
    real_server ${backend.ip} ${backend.port} {
        weight ${backend.weight}
%{ if backend.http ~}
        HTTP_GET {
            url {
                path ${backend.path}
                status_code 200
            }
            connect_timeout 4
        }
%{ else ~}
        TCP_CHECK {
            connect_timeout 4
        }
%{ endif ~}
    }
%{ endfor ~}
}
