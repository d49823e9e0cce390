const MARK = '01234567-89ab-cdef-0123-456789abcdef';

/** Of one host, an answer as the script prints it: a text for each probe, in which `MARK` stands for the answer's mark. */
export function answerOf(host: string, parts: Readonly<Record<string, string>>): string {
  const probes = Object.entries(parts).map(
    ([name, text]) => `\n${MARK} probe ${name} 5.00\n${text.replaceAll('MARK', MARK)}\n${MARK} said 5.10\n`,
  );
  return `lvsdoctor-answer 1 ${MARK}\nhost ${host}\ntime 1000\nuser 0\n${probes.join('')}\n${MARK} complete\n`;
}

/** A director with so many services of ten servers each, as long in every part as a real one with 30 interfaces. */
export function directorAnswer(host: string, state: 'MASTER' | 'BACKUP', services = 5): string {
  const vips = Array.from({ length: services }, (_, at) => `192.0.2.${100 + at}`);
  const servers = Array.from({ length: 10 }, (_, at) => `192.0.2.${20 + at}`);
  const priority = state === 'MASTER' ? 150 : 100;
  return answerOf(host, {
    'keepalived-conf': `\nMARK file -rw-r--r-- /etc/keepalived/keepalived.conf\n${configuration(state, priority, vips, servers)}\nMARK main /etc/keepalived/keepalived.conf`,
    'sysctl-files': '\nMARK file -rw-r--r-- /etc/sysctl.d/90-lvs.conf\nnet.ipv4.vs.expire_nodest_conn = 1\n',
    'saved-tables': '',
    'setup-scripts': '',
    'ipvs-table': vips
      .map(
        (vip) =>
          `-A -t ${vip}:80 -s wrr\n${servers.map((server) => `-a -t ${vip}:80 -r ${server}:80 -g -w 1\n`).join('')}`,
      )
      .join(''),
    addresses: JSON.stringify([
      {
        ifindex: 2,
        ifname: 'eth0',
        flags: ['BROADCAST', 'MULTICAST', 'UP', 'LOWER_UP'],
        mtu: 1500,
        operstate: 'UP',
        link_type: 'ether',
        address: '52:54:00:00:00:01',
        addr_info: [
          { family: 'inet', local: '192.0.2.2', prefixlen: 24, scope: 'global' },
          ...(state === 'MASTER' ? vips : []).map((local) => ({
            family: 'inet',
            local,
            prefixlen: 32,
            scope: 'global',
          })),
        ],
      },
    ]),
    sysctl: `kernel.ostype = Linux\nnet.ipv4.ip_forward = 0\nnet.ipv4.vs.expire_nodest_conn = 1\n${interfaceKeys(30)}`,
    kernel: 'Linux 6.1.0-28-amd64 x86_64',
  });
}

function configuration(
  state: string,
  priority: number,
  vips: readonly string[],
  servers: readonly string[],
): string {
  const checked = servers.map(
    (server) =>
      `    real_server ${server} 80 {\n        weight 1\n        TCP_CHECK {\n            connect_timeout 2\n        }\n    }\n`,
  );
  const services = vips.map(
    (vip) =>
      `virtual_server ${vip} 80 {\n    delay_loop 5\n    lb_algo wrr\n    lb_kind DR\n    protocol TCP\n${checked.join('')}}\n`,
  );
  return `vrrp_instance VI_1 {
    state ${state}
    interface eth0
    virtual_router_id 77
    priority ${priority}
    advert_int 1
    authentication {
        auth_type PASS
        auth_pass Unguess3
    }
    virtual_ipaddress {
${vips.map((vip) => `        ${vip}/32\n`).join('')}    }
}
${services.join('')}`;
}

const OF_INTERFACES = [
  'accept_local',
  'arp_announce',
  'arp_filter',
  'arp_ignore',
  'arp_notify',
  'bootp_relay',
].concat(
  [
    'disable_policy',
    'disable_xfrm',
    'drop_gratuitous_arp',
    'force_igmp_version',
    'forwarding',
    'log_martians',
  ],
  ['mc_forwarding', 'medium_id', 'promote_secondaries', 'proxy_arp', 'proxy_arp_pvlan', 'route_localnet'],
  ['rp_filter', 'secure_redirects', 'send_redirects', 'shared_media', 'src_valid_mark', 'tag'],
);

function interfaceKeys(count: number): string {
  const names = ['all', 'default', 'lo', ...Array.from({ length: count }, (_, at) => `eth${at}`)];
  return names.flatMap((name) => OF_INTERFACES.map((key) => `net.ipv4.conf.${name}.${key} = 0\n`)).join('');
}
