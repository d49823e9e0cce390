import { defineRule } from '../../src/judge/rule.ts';
import { dropsTunnels, lackOfTunnel, unwrapsTunnels } from '../../src/model/tunnel-endpoint.ts';
import { tunnelVips } from '../../src/model/tunnel-server.ts';

export default defineRule({
  id: 'forward/tun-endpoint-missing',
  severity: 'error',
  title: 'a TUN real server does not unwrap what the director sends',
  why: 'Without the tunnel device the kernel refuses wrapped packets (protocol unreachable) or the firewall drops them: this share of the connections times out.',
  remedy:
    'Load ipip and raise tunl0 (modprobe ipip; ip link set tunl0 up), and let protocol 4 pass from the directors.',
  needs: [],
  spans: true,
  check({ whole }, report) {
    for (const { host, vip, device, balanced } of tunnelVips(whole)) {
      const dropped = dropsTunnels(host);
      const lack = lackOfTunnel(host, device);
      if (dropped !== undefined)
        report({
          host,
          about: host,
          at: dropped,
          message: `${host.label} drops the packets that carry requests to VIP ${vip.address.key}`,
        });
      else if (lack !== undefined)
        report({ host, about: host, ...lack, related: [{ at: vip.address.address, message: 'the VIP' }] });
      else if (balanced && host.commands && !host.links && !unwrapsTunnels(host.commands))
        report({
          host,
          about: host,
          at: vip.address.interface,
          message: `${host.label} raises VIP ${vip.address.key}, but no script of it loads ipip or raises tunl0`,
          related: [
            {
              at: balanced.service.method,
              message: `${balanced.director.label} sends packets of ${balanced.service.label} in a tunnel`,
            },
          ],
          severity: 'warning',
        });
    }
  },
});
