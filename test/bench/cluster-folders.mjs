/**
 * The files of many clusters by path: `c0001/lb1/etc/keepalived/keepalived.conf`, two directors and four real servers
 * each. About every fifth has one mistake, chosen by the seed; all of them use the same addresses and router ids.
 */
export function clusterFolders(count, seed) {
  const files = {};
  let state = seed >>> 0;
  const random = (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  for (let at = 1; at <= count; at++) {
    const folder = `c${String(at).padStart(4, '0')}`;
    const mistake = random(5) === 0 ? MISTAKES[random(MISTAKES.length)] : undefined;
    for (const [path, text] of Object.entries(oneCluster()))
      files[`${folder}/${path}`] = mistake?.in.test(path) ? text.replace(mistake.of, mistake.to) : text;
  }
  return files;
}

const MISTAKES = [
  { in: /^lb2\/.*keepalived/, of: 'virtual_router_id 61', to: 'virtual_router_id 16' },
  { in: /^lb2\/.*keepalived/, of: 'priority 100', to: 'priority 300' },
  { in: /^lb1\/.*keepalived/, of: 'lb_kind DR', to: 'lb_kind DRR' },
  { in: /^rs3\/.*sysctl/, of: 'arp_ignore = 1', to: 'arp_ignore = 0' },
  {
    in: /^lb\d\/.*keepalived/,
    of: '    real_server 192.0.2.24 80 {',
    to: '    real_server 192.0.2.24 8080 {',
  },
];

function oneCluster() {
  const files = {};
  for (const [name, priority] of [
    ['lb1', 150],
    ['lb2', 100],
  ]) {
    files[`${name}/etc/keepalived/keepalived.conf`] = director(name, priority);
    files[`${name}/etc/sysctl.d/90-lvs.conf`] =
      'net.ipv4.ip_forward = 1\nnet.ipv4.vs.expire_nodest_conn = 1\nnet.ipv4.vs.conntrack = 0\n';
  }
  for (let server = 1; server <= 4; server++) {
    files[`rs${server}/etc/sysctl.d/90-lvs.conf`] =
      'net.ipv4.conf.all.arp_ignore = 1\nnet.ipv4.conf.all.arp_announce = 2\n';
    files[`rs${server}/usr/local/sbin/vip.sh`] =
      '#!/bin/sh\nVIP=192.0.2.100\nip address add "$VIP/32" dev lo\n';
  }
  return files;
}

function director(name, priority) {
  const servers = [21, 22, 23, 24].map(
    (last) => `    real_server 192.0.2.${last} 80 {
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
`,
  );
  return `global_defs {
    router_id ${name}
    enable_script_security
    script_user keepalived_script
}

vrrp_script check_balancer {
    script "/usr/local/sbin/check-balancer"
    interval 2
    timeout 1
    fall 2
    rise 2
    weight -60
}

vrrp_instance SHOP {
    state BACKUP
    interface eth0
    virtual_router_id 61
    priority ${priority}
    advert_int 1
    preempt_delay 60
    virtual_ipaddress {
        192.0.2.100/24 dev eth0
    }
    track_script {
        check_balancer
    }
}

virtual_server 192.0.2.100 80 {
    delay_loop 5
    lb_algo wlc
    lb_kind DR
    protocol TCP

${servers.join('')}}
`;
}
