/** A director of a DR cluster as people write it; only router_id, state and priority differ between the nodes. */
export function director(id: string, state: string, priority: number): string {
  return `global_defs {
    router_id ${id}
    enable_script_security
    script_user root
}

vrrp_script chk_ipvs {
    script "/usr/local/bin/check-ipvs.sh"
    interval 2
    fall 2
    rise 2
    weight -60
}

vrrp_instance VI_WEB {
    state ${state}
    interface eth0
    virtual_router_id 61
    priority ${priority}
    advert_int 1
    authentication {
        auth_type PASS
        auth_pass q8Rt2vLx
    }
    virtual_ipaddress {
        192.0.2.100/24
        192.0.2.110/24
    }
    virtual_ipaddress_excluded {
        192.0.2.120/24
    }
    track_script {
        chk_ipvs
    }
}

virtual_server 192.0.2.100 80 {
    delay_loop 6
    lb_algo wlc
    lb_kind DR
    protocol TCP
${['192.0.2.21', '192.0.2.22'].map(realServer).join('')}}
`;
}

function realServer(address: string): string {
  return `
    real_server ${address} 80 {
        weight 10
        HTTP_GET {
            url {
                path /healthz
                status_code 200
            }
            connect_timeout 3
        }
    }
`;
}

/** Replaces one piece of a file, whatever blanks and line ends stand in it; `|` in the new text is a line end. */
export function change(text: string, from: string, to: string): string {
  const words = from
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`\\b${words.join('\\s+')}`, 'g');
  const found = text.match(pattern)?.length ?? 0;
  if (found !== 1) throw new Error(`'${from}' stands in the file ${found} times`);
  return text.replace(pattern, to.trim().replaceAll(/\s*\|\s*/g, '\n'));
}

/** For networks without multicast. */
export function unicast(text: string, own: string, ...peers: readonly string[]): string {
  const lines = `advert_int 1 | unicast_src_ip ${own} | unicast_peer { | ${peers.join(' | ')} | }`;
  return change(text, 'advert_int 1', lines);
}

/** Both nodes start as BACKUP, and a failed check means FAULT. */
export function calm(text: string): string {
  return change(text, 'weight -60', '').replace('state MASTER', 'state BACKUP');
}

const PASSWORD = 'authentication { auth_type PASS auth_pass q8Rt2vLx }';

/** Version 3 knows no passwords. */
export function version3(text: string): string {
  return change(change(text, PASSWORD, ''), 'router_id', 'vrrp_version 3 | router_id');
}

/** Version 3, a link-local address first. */
export function ipv6(text: string): string {
  const addresses = change(text, '192.0.2.100/24 192.0.2.110/24', 'fe80::100/64 | 2001:db8::100/64');
  const bare = change(change(addresses, PASSWORD, ''), 'virtual_ipaddress_excluded { 192.0.2.120/24 }', '');
  return bare.replaceAll('192.0.2.100 80', '2001:db8::100 80').replaceAll('192.0.2.2', '2001:db8::2');
}

/** A NAT director: outside and inside address move together. */
export function grouped(text: string): string {
  const [, state = ''] = /state (\w+)/.exec(text) ?? [];
  const [, priority = ''] = /priority (\d+)/.exec(text) ?? [];
  const nat = change(change(text, 'weight -60', ''), 'lb_kind DR', 'lb_kind NAT');
  return `${nat.replaceAll('192.0.2.2', '10.0.0.2')}
vrrp_instance VI_INSIDE {
    state ${state}
    interface eth1
    virtual_router_id 62
    priority ${priority}
    advert_int 1
    virtual_ipaddress {
        10.0.0.1/24
    }
}

vrrp_sync_group VG_1 {
    group {
        VI_WEB
        VI_INSIDE
    }
}
`;
}
