import { reviewedFix, valued } from '../../src/evidence/fix.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { confPath } from '../../src/model/conf-keys.ts';
import { isQuietDevice } from '../../src/model/device.ts';
import { decidingSetting, effectiveConf } from '../../src/model/effective.ts';
import { proxySettings } from '../../src/model/proxy-arp.ts';

const SILENT = 8;

export default defineRule({
  id: 'arp/suppression-on-director',
  severity: 'warning',
  title: 'ARP settings of a director stand between neighbours and the VIP',
  why: "Somebody has to answer ARP for the VIP, and only the director that holds it: with real servers' settings nobody does, with proxy ARP two hosts may.",
  remedy: "Keep real servers' ARP keys out of the directors' files, and proxy_arp at 0.",
  needs: ['vrrp', 'sysctl'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      if (!host.roles.has('director')) continue;
      for (const instance of host.vrrp) {
        const vip = instance.vips.find(({ value }) => value.family === 4);
        const asked = instance.interface?.value;
        if (vip === undefined || asked === undefined) continue;
        const { key = vip.value.address, device = asked } = vip.value;
        const ignore = effectiveConf(host.sysctl, 'arp_ignore', asked);
        const setting = decidingSetting(ignore.from, ignore.value);
        const isElsewhere = isQuietDevice(device) && (ignore.value === 1 || ignore.value === 2);
        if (setting !== undefined && (isElsewhere || ignore.value === SILENT))
          report({
            host,
            about: instance,
            at: setting.value,
            message: `arp_ignore is ${ignore.value} on ${asked}, so ${host.label} answers no ARP request for VIP ${key}${isElsewhere ? ` on ${device}` : ''}`,
            related: [{ at: vip, message: 'the VIP' }],
            severity: isElsewhere ? 'warning' : 'error',
          });
        for (const { name, setting: proxy } of proxySettings(host.sysctl, device))
          report({
            host,
            about: { id: `${instance.id}/${name}`, label: confPath(name, device), place: proxy.place },
            at: proxy.value,
            message: `${name} is on for ${device}, where ${host.label} raises VIP ${key}: it answers ARP for addresses of others as well`,
            related: [{ at: vip, message: 'the VIP' }],
            fix: reviewedFix('write 0', valued(proxy.value, 0)),
          });
      }
    }
  },
});
