import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { UPDATE } from '../../support/update.ts';
import { FAULTS, type Fault } from './faults.ts';

const PAGE = 'docs/fault-matrix.md';
const CLUSTERS: readonly (readonly [Fault['cluster'], string])[] = [
  ['dr', 'DR: two directors and two real servers on one network, the VIP on lo of the servers'],
  [
    'nat',
    'NAT: two directors between an outer and an inner network, the servers with the inner VIP as their gateway',
  ],
  ['tun', 'TUN: two directors, and two real servers behind a router, the VIP on their tunl0'],
];

test('the table of faults is fresh', async () => {
  const page = pageOf();
  if (UPDATE) writeFileSync(PAGE, page);
  await expect(page).toMatchFileSnapshot(`../../../${PAGE}`);
});

test('every fault is in the table once', () => {
  expect(new Set(FAULTS.map(({ cluster, name }) => `${cluster} ${name}`)).size).toBe(FAULTS.length);
  expect(FAULTS.length).toBeGreaterThanOrEqual(35);
});

function pageOf(): string {
  const parts = CLUSTERS.map(([cluster, title]) => {
    const rows = FAULTS.filter((fault) => fault.cluster === cluster).map(rowOf);
    return `## ${title}\n\n| fault | what is found first | on |\n|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `# Faults of running clusters, and what is found first

Written by \`npm run generate\` out of \`test/lab/cluster/faults.ts\`. Each fault is put by itself into a running, sound
cluster of real keepalived, IPVS and packet filters in a real kernel (\`test/lab\`); the script of \`collect\` looks at all
hosts, and the first finding of \`diagnose --snapshot\` has to be this one, on this host. Sound clusters, before the first
fault and behind the last, give nothing at warning or above. ${FAULTS.length} faults:

${parts.join('\n')}`;
}

function rowOf({ name, rule, host }: Fault): string {
  return `| ${name.replaceAll('_', ' ')} | [${rule}](rules/${rule}.md) | ${host} |`;
}
