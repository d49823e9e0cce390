import { defineRule } from '../../src/judge/rule.ts';
import { tunnelVips } from '../../src/model/tunnel-server.ts';

/** Words of a command that keep segments small or packets large. */
const ROOM = /^(?:advmss|mtu|TCPMSS|--clamp-mss-to-pmtu|--set-mss)$/;

export default defineRule({
  id: 'forward/tun-mtu-mss',
  severity: 'info',
  title: 'nothing makes room for the tunnel header',
  why: 'IPIP adds 20 bytes to every request: on a network of 1500 bytes full segments no longer fit, and uploads stall while downloads work.',
  remedy:
    'Announce a smaller segment (ip route change default via ROUTER advmss 1440 on the real servers), or raise the MTU of the network between director and servers.',
  needs: ['commands'],
  check({ whole }, report) {
    for (const { host, vip } of tunnelVips(whole)) {
      const { commands } = host;
      if (commands === undefined || commands.some(({ words }) => words.some(({ text }) => ROOM.test(text))))
        continue;
      report({
        host,
        about: host,
        at: vip.address.address,
        message: `${host.label} takes packets for VIP ${vip.address.key} from a tunnel, and its scripts set neither advmss nor an MTU`,
      });
    }
  },
});
