import { reviewedFix, valued } from '../../src/evidence/fix.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { effectiveConf } from '../../src/model/effective.ts';
import { keyName } from '../../src/model/kernel-files.ts';
import { tunnelVips } from '../../src/model/tunnel-server.ts';

const STRICT = 1;

export default defineRule({
  id: 'forward/rp-filter-drops',
  severity: 'error',
  title: 'strict rp_filter drops what comes out of the tunnel',
  why: 'The route back to the client does not lead through the tunnel device, so the kernel drops every request that it has just unwrapped, without a log line.',
  remedy:
    'Set rp_filter to 0 or 2 for the tunnel device and for all: the higher of both counts, so all = 1 alone is strict.',
  needs: ['sysctl'],
  spans: true,
  check({ whole }, report) {
    for (const { host, vip, device } of tunnelVips(whole)) {
      const filter = host.sysctl && effectiveConf(host.sysctl, 'rp_filter', device);
      if (filter === undefined || filter.value !== STRICT || !filter.known) continue;
      const strict = filter.from.filter(({ value }) => Number(value.value) === STRICT);
      const [setting] = strict;
      const other = filter.from.find((each) => each !== setting);
      if (setting === undefined) continue;
      report({
        host,
        about: host,
        at: setting.value,
        message: `${keyName(setting.key)} is 1, so ${device} of ${host.label} drops requests to VIP ${vip.address.key}`,
        related: [
          ...(other === undefined
            ? []
            : [
                {
                  at: other.value,
                  message: `${keyName(other.key)} is ${other.value.value}: the higher counts`,
                },
              ]),
          { at: vip.address.address, message: 'the VIP' },
        ],
        fix: reviewedFix('write 2', valued(setting.value, 2)),
      });
    }
  },
});
