import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rules } from '../src/cli/catalogue.ts';
import { readLibrary, readMessages, readSymptoms } from '../src/cli/library.ts';
import { pageText } from '../src/cli/page.ts';
import { search } from '../src/cli/search.ts';
import { resultsOf, type Symptom } from '../src/cli/symptom.ts';
import { UPDATE } from './support/update.ts';

const KEEPALIVED = '/usr/sbin/keepalived';
/** Messages that stand in no piece in the program: it puts them together, or they are the kernel's or the network's. */
const PUT_TOGETHER = [
  'Expected unicast packet but received multicast packet',
  'Expected multicast packet but received unicast packet',
  'Received advert from … with lower priority …, forcing new election',
  'Adding sorry server … to VS …',
  'IPVS … No such service',
  'IPVS … No such destination',
  'IPVS … Destination already exists',
  'IPVS … No such process',
  'IPVS … Service already exists',
  'nf_conntrack: table full, dropping packet',
  'time wait bucket table overflow',
  'Possible SYN flooding on port …',
  'no destination available',
  'martian source … from …',
  'Unknown mcast interface',
  'IPv4 address conflict detected',
  'neighbor table overflow',
];

const symptoms = readSymptoms();
const logLines = resultsOf(readFileSync('docs/symptoms/log-lines.md', 'utf8'));
const names = symptoms.map(({ name }) => name);
const ids = rules.map(({ id }) => id);

const WHERE = [
  'On each director',
  'On the master',
  'On the backup',
  'On each real server',
  'On the rebooted host',
  'On a client',
  'On the gateway',
  "On another host of the VIP's network",
];

/** Every form of command that a page may name: each only looks, or sends what a client or neighbour sends. */
const READ_ONLY = [
  /^ip (?:-br |-s )?(?:address|route|neigh|link)(?: show(?: (?:to|dev|default|VIP|GW|lo|IF))*| get \S+(?: from VIP)?)?$/,
  /^ipvsadm -Ln?c?(?: --(?:stats|exact|rate|thresholds|tun-info|persistent-conn|timeout|daemon)| -t VIP:\w+)*$/,
  /^ipvsadm-save -n$/,
  /^sysctl(?: [a-z]\w*(?:\.\w+)+)+$/,
  /^tcpdump -(?:e|tt)?nni (?:IF|any) -c \d+ '[^']+'$/,
  /^arping -c 3 -I IF (?:VIP|GW)$/,
  /^ping -c 3 -M do -s 1472 CLIENT$/,
  /^curl -sS -m \d+ -o \/dev\/null -w '[^']+' http:\/\/(?:VIP|RS):PORT\/$/,
  /^journalctl -b(?: -k)?(?: -u keepalived)?(?: -o short-precise)?$/,
  /^systemctl (?:status|cat) keepalived$/,
  /^keepalived -t$/,
  /^(?:nft list ruleset|iptables-save -c(?: -t (?:nat|mangle))?|conntrack -C)$/,
  /^nstat -asz(?: TcpExt\w+)+$/,
  /^ss -(?:s|lnt|lnu|nto? state established '\( sport = :PORT \)')$/,
  /^ethtool -k IF$/,
  /^(?:uname -r|uptime|lsmod|dmesg|sort|uniq -c|wc -l|(?:head|tail) -n \d+)$/,
  /^cat(?: \/(?:proc|etc)\/[\w/.*]+)+$/,
  /^grep(?: -[a-zA-Z]+\d*)* (?:'[^']+'|\w+)(?: \/(?:proc|etc)\/[\w/.-]+)*$/,
  /^awk '(?:NR > 2|\$\d == "\w+")? ?\{print [$\w, ]+\}'$/,
];

describe.each(symptoms.map((symptom) => [symptom.name, symptom] as const))('%s', (name, symptom) => {
  test('has the form of a page, and nothing is passed over', () => {
    expect(name).toMatch(/^[a-z]+(?:-[a-z]+)+$/);
    expect(pageOf(symptom).replace(/\s+/g, ' ')).toBe(symptom.page.replace(/\s+/g, ' '));
    expect(symptom.also.length).toBeGreaterThanOrEqual(4);
    expect(symptom.observations.length).toBeGreaterThanOrEqual(2);
    for (const { where, commands, results } of symptom.observations) {
      expect(WHERE).toContain(where);
      expect(commands.length).toBeGreaterThanOrEqual(1);
      expect(results.length).toBeGreaterThanOrEqual(2);
    }
  });

  test('names rules, symptoms and observations that exist', () => {
    const results = symptom.observations.flatMap((observation) => observation.results);
    expect(ids).toEqual(expect.arrayContaining(results.flatMap((result) => result.rules)));
    expect(results.some((result) => result.rules.length > 0)).toBe(true);
    expect(names).toEqual(expect.arrayContaining(results.flatMap((result) => result.symptoms)));
    for (const [, number] of results.flatMap(({ means }) => [...means.matchAll(/\bsee (\d+)/g)]))
      expect(Number(number)).toBeLessThanOrEqual(symptom.observations.length);
  });

  test('names only commands that change nothing', () => {
    const aside = symptom.observations.flatMap(({ results }) =>
      results.flatMap(({ means }) => [...means.matchAll(/`([^`]+ [^`]+)`/g)].map(([, code = '']) => code)),
    );
    for (const command of [...symptom.observations.flatMap(({ commands }) => commands), ...aside]) {
      for (const part of command.split(/ \| (?=(?:[^']*'[^']*')*[^']*$)/))
        expect(
          READ_ONLY.some((form) => form.test(part)),
          part,
        ).toBe(true);
    }
  });

  test('is found by its name, its title and the other words for it', () => {
    const library = readLibrary(symptoms);
    for (const words of [name.replaceAll('-', ' '), symptom.title, ...symptom.also])
      expect(search(words, library).hits[0]?.name, words).toBe(name);
  });

  test('fits 80 columns', () => {
    for (const line of pageText(symptom.page, 80, false).split('\n'))
      expect(line.length, line).toBeLessThanOrEqual(80);
  });
});

/** Words as people type them, none a piece of a page's own, and the symptom that has to be among the first three. */
const TYPED = {
  'all connections on one backend': 'all-traffic-to-one-server',
  'failover takes 30 seconds': 'slow-failover',
  'mysql connections lost after 15 minutes': 'idle-connections-die',
  'backend removed but clients still go there': 'dead-server-still-gets-clients',
  'nginx sees the load balancer ip': 'servers-see-the-director-as-client',
  'keepalived both master': 'vip-on-both-directors',
  'vip disappeared': 'vip-on-no-director',
  SYN_RECV: 'inactive-connections-grow',
  'file upload hangs': 'large-uploads-time-out',
  'nothing works after reboot': 'broken-after-reboot',
  'cannot ping gateway': 'real-server-cannot-reach-gateway',
  softirq: 'director-cpu-high',
  'VIP moving back and forth': 'vip-flaps',
  'health checks ok but site down': 'check-green-service-dead',
  'wrr ratio wrong': 'weights-not-followed',
  'connections stuck at 28000': 'connections-stop-growing',
  'ipvsadm empty on the backup': 'backup-director-differs',
  'passive ftp': 'ftp-or-sip-half-works',
  'stale arp cache': 'traffic-does-not-return-after-failback',
  'every second request fails': 'every-nth-request-fails',
  'downloads hang': 'large-responses-time-out',
  'resets when the master fails': 'connections-reset-after-failover',
  'dns lookups sometimes lost': 'udp-queries-lost',
  'only reachable from the same vlan': 'works-from-the-same-subnet-only',
};

test.each(Object.entries(TYPED))('“%s” leads to %s', (words, name) => {
  const best = search(words, readLibrary(symptoms)).hits.slice(0, 3);
  expect(best.map((entry) => entry.name)).toContain(name);
});

describe('lines of a log', () => {
  test.each(logLines.map((line) => [line.seen, line] as const))(
    '%s is found as it is pasted',
    (message, line) => {
      const values = ['192.0.2.17', '150', 'chk_haproxy', '9'];
      const filled = message.replaceAll('…', () => values.shift() ?? '1');
      const pasted = `Nov 20 13:01:02 lb1 Keepalived_vrrp[712]: (VI_9) ${filled}: 198.51.100.4`;
      expect(readMessages(pasted)).toContainEqual(line);
      expect(ids).toEqual(expect.arrayContaining([...line.rules]));
      expect(names).toEqual(expect.arrayContaining([...line.symptoms]));
      expect(line.rules.length + line.means.length).toBeGreaterThan(0);
    },
  );

  test.skipIf(!existsSync(KEEPALIVED))('are what keepalived 2.2.7 prints, or said to be of others', () => {
    const formats = readFileSync(KEEPALIVED, 'latin1')
      .split('\0')
      .map((text) => text.replace(/%[-\d.*lzhu]*[a-z]/g, '…'));
    const strange = logLines.filter(({ seen, means }) => {
      const parts = seen.split('…').map((part) => part.trim());
      return !/\bold releases|releases before/.test(means) && !formats.some((text) => inOrder(text, parts));
    });
    expect(strange.map(({ seen }) => seen)).toEqual(PUT_TOGETHER);
  });

  test('what says nothing of the kind is none of them', () => {
    for (const words of ['Entering BACKUP STATE', 'Stopping keepalived', 'the VIP is gone', 'no answer'])
      expect(readMessages(words)).toEqual([]);
  });
});

test('the package carries the pages', () => {
  expect(JSON.parse(readFileSync('package.json', 'utf8')).files).toContain('dist/pages.json');
});

test('the index of symptoms is fresh', async () => {
  if (UPDATE) writeFileSync('docs/symptoms/README.md', indexOfSymptoms());
  await expect(indexOfSymptoms()).toMatchFileSnapshot('../docs/symptoms/README.md');
});

function inOrder(text: string, parts: readonly string[]): boolean {
  let from = 0;
  return parts.every((part) => {
    const at = text.indexOf(part, from);
    from = at + part.length;
    return at >= 0;
  });
}

/** The page that would be written for what was read of it. */
function pageOf(symptom: Symptom): string {
  const lint = /^## What lvsdoctor lint tells\n[\s\S]+/m.exec(symptom.page)?.[0] ?? '';
  const link = (other: string) => `[${other}](${other}.md)`;
  const observations = symptom.observations.map(({ question, where, commands, results }, at) => {
    const items = results.map(({ seen, means, rules: known, symptoms: others }) => {
      const linked = others.reduce((text, other) => text.replace(other, link(other)), means);
      const list = known.map((id) => `[${id}](../rules/${id}.md)`).join(', ');
      return `- **${seen}** → ${linked}${list === '' ? '' : `\n  - rules: ${list}`}`;
    });
    const code = ['```sh', ...commands, '```'].join('\n');
    return [`## ${at + 1}. ${question}`, `${where}:`, code, items.join('\n')].join('\n\n');
  });
  const head = [`# ${symptom.name}`, symptom.title, `Also: ${symptom.also.join('; ')}.`];
  return [...head, ...observations, lint].join('\n\n');
}

function indexOfSymptoms(): string {
  const rows = symptoms.map(({ name, title }) => `| [${name}](${name}.md) | ${title} |`);
  return `# Symptoms

Written by \`npm run generate\`; every page is also what \`lvsdoctor explain SYMPTOM\` prints, and what
\`lvsdoctor explain some words\` finds. What lines of a log mean is in [log-lines.md](log-lines.md).

Each page says what to look at and where, what each thing that may be seen there rules in or out, and which rules know it.
All commands only look. Words in capitals stand for your own: VIP, PORT, IF (interface), RS (a real server), GW (the gateway),
CLIENT. Where the gateway is a router or a switch, its own ARP table says what \`ip neigh\` says.

| symptom | what is seen |
|---|---|
${rows.join('\n')}
`;
}
