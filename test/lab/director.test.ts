import { describe, expect, test } from 'vitest';
import { readAnswer } from '../../src/collect/answer.ts';
import { lookOf } from '../../src/collect/collect.ts';
import type { HostLook } from '../../src/collect/look.ts';
import { evidenceOf } from '../../src/collect/look-evidence.ts';
import { probeScript } from '../../src/collect/script.ts';
import { judge } from '../../src/judge/judge.ts';
import { buildCluster } from '../../src/model/build.ts';
import type { Host } from '../../src/model/cluster.ts';
import { settingOf } from '../../src/model/kernel-settings.ts';
import { allRules } from '../support/lint.ts';
import { isLabMissing, LAB_DEADLINE, runInLab } from './kernel.ts';

const CONF = `global_defs {
    router_id lb1
}
include conf.d/*.conf
vrrp_instance VI_1 {
    state MASTER
    interface eth0
    virtual_router_id 77
    priority 100
    advert_int 1
    virtual_ipaddress {
        192.0.2.10/24
    }
}
`;
const SERVICES = `virtual_server 192.0.2.10 80 {
    lb_algo wrr
    lb_kind DR
    protocol TCP
    real_server 192.0.2.21 80 {
        weight 3
    }
    real_server 192.0.2.22 80 {
        weight 1
    }
}
virtual_server 192.0.2.10 53 {
    lb_algo rr
    lb_kind NAT
    protocol UDP
    real_server 192.0.2.21 53 {
        weight 1
    }
}
`;

/** What is known and judged of one answer. */
async function seen(answer: string) {
  const read = readAnswer(new TextEncoder().encode(answer), 'lb1');
  if (read === undefined) throw new Error(`no answer: ${answer.slice(0, 1000)}`);
  const look: HostLook = lookOf(read);
  const evidence = await evidenceOf(look);
  const cluster = buildCluster(evidence);
  const { findings } = judge(cluster, allRules, evidence.gaps, { rethrow: true });
  return { look, evidence, host: cluster.hosts[0] as Host, rules: findings.map(({ rule }) => rule) };
}

const tableOf = ({ table = [] }: Host) =>
  table.map(({ label, scheduler, realServers }) => [
    label,
    scheduler.value,
    realServers.map(({ label: server, weight, method }) => `${server} ${method.value} ${weight.value}`),
  ]);

describe.skipIf(isLabMissing())('a director in the lab kernel', () => {
  test(
    'is seen as it is, by whatever shell, and as it was changed by hand',
    async () => {
      const files = {
        'look.sh': probeScript(),
        'conf/keepalived.conf': CONF,
        'conf/conf.d/services.conf': SERVICES,
      };
      const answers = await runInLab('look-at-director.sh', files, ({ read }) => {
        const readIfThere = (name: string) => {
          try {
            return read(`out/${name}`);
          } catch {
            return undefined;
          }
        };
        return {
          sound: read('out/sound'),
          changed: read('out/changed'),
          nobody: read('out/nobody'),
          stopped: read('out/stopped'),
          others: ['busybox'].flatMap((name) => readIfThere(name) ?? []),
        };
      });

      const sound = await seen(answers.sound);
      expect(sound.look.failure).toBeUndefined();
      expect(tableOf(sound.host)).toEqual([
        ['192.0.2.10:80/TCP', 'wrr', ['192.0.2.21:80 DR 3', '192.0.2.22:80 DR 1']],
        ['192.0.2.10:53/UDP', 'rr', ['192.0.2.21:53 NAT 1']],
      ]);
      expect(sound.host.services?.length).toBe(2);
      expect(sound.host.vrrp?.map(({ label }) => label)).toEqual(['VI_1']);
      expect(sound.host.liveAddresses?.map(({ key }) => key)).toContain('192.0.2.10');
      const setting = sound.host.sysctl && settingOf(sound.host.sysctl, 'net/ipv4/vs/expire_nodest_conn');
      expect(setting?.value).toMatchObject({ value: '1', basis: 'observed' });
      expect(sound.rules.filter((rule) => /^drift\/(?:table|stale|edited)/.test(rule))).toEqual([]);
      const texts = new Map(sound.evidence.sources.map(({ format, text }) => [format, text]));
      expect(texts.get('processes')).toMatch(
        /^\d+ \d{10} keepalived .*-f \/run\/lab\/conf\/keepalived\.conf/m,
      );
      expect(texts.get('conntrack')).toContain('/nf_conntrack_count:');
      expect(texts.get('module-parameters')).toContain('conn_tab_bits:');
      expect(texts.get('keepalived-version')).toMatch(/^Keepalived v\d/m);

      for (const answer of answers.others) {
        const other = await seen(answer);
        expect(tableOf(other.host)).toEqual(tableOf(sound.host));
        expect(other.rules).toEqual(sound.rules);
      }

      const changed = await seen(answers.changed);
      expect(changed.rules).toContain('drift/table-differs-from-config');

      const nobody = await seen(answers.nobody);
      expect(nobody.host.table).toBeUndefined();
      expect(nobody.host.unseen.get('table')).toBe(
        'lb1$ ipvsadm -S -n: it needs root, or sudo without a password',
      );
      expect(nobody.host.unseen.get('vrrp')).toMatch(/it needs root, or sudo without a password$/);
      expect(nobody.host.liveAddresses?.length).toBe(sound.host.liveAddresses?.length);

      const stopped = await seen(answers.stopped);
      expect(stopped.host.table).toEqual([]);
      expect(stopped.host.liveAddresses?.map(({ key }) => key)).not.toContain('192.0.2.10');
    },
    LAB_DEADLINE,
  );
});
