import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { UPDATE } from '../../support/update.ts';
import { DESIGNS } from './designs.ts';
import type { Fault } from './fault.ts';
import { FAULTS } from './faults.ts';

const PAGE = 'docs/fault-matrix.md';
test('the table of faults is fresh', async () => {
  const page = pageOf();
  if (UPDATE) writeFileSync(PAGE, page);
  await expect(page).toMatchFileSnapshot(`../../../${PAGE}`);
});

test('every fault is in the table once', () => {
  expect(new Set(FAULTS.map(({ design, name }) => `${design} ${name}`)).size).toBe(FAULTS.length);
  expect(FAULTS.length).toBeGreaterThanOrEqual(35);
});

function pageOf(): string {
  const parts = DESIGNS.map(({ name, description }) => {
    const rows = FAULTS.filter(({ design }) => design === name).map(rowOf);
    const table = `| fault | what is found first | on |\n|---|---|---|\n${rows.join('\n')}`;
    return `## ${description}\n\n${rows.length === 0 ? 'Looked at as it is.' : table}\n`;
  });
  return `# Faults of running clusters, and what is found first

Written by \`npm run generate\` out of \`test/lab/cluster/faults.ts\`. Each fault is put by itself into a running, sound
cluster of real keepalived, IPVS and packet filters in a real kernel (\`test/lab\`); the script of \`collect\` looks at all
hosts, and the first finding of \`diagnose --snapshot\` has to be this one, on this host. Each cluster, before its first
fault and behind its last, gives nothing at warning or above. ${DESIGNS.length} sound clusters, ${FAULTS.length} faults:

${parts.join('\n')}`;
}

function rowOf({ name, rule, host }: Fault): string {
  return `| ${name.replaceAll('_', ' ')} | [${rule}](rules/${rule}.md) | ${host} |`;
}
