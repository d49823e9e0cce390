import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { useProgram } from './support/program.ts';
import { UPDATE } from './support/update.ts';

const PAGE = 'docs/on-call.md';
const REPORT = /^```text\n[\s\S]*?^```$/m;

const program = useProgram();
const diagnosed = (options = '') =>
  program.run(
    `lvsdoctor diagnose --snapshot "$PWD/docs/examples/on-call" --no-settings ${options}`,
    process.cwd(),
  );

test('the page for those on call shows the true report of its example', () => {
  const { out, status } = diagnosed();
  const shown = `\`\`\`text\n${out.trimEnd()}\n\`\`\``;
  const page = readFileSync(PAGE, 'utf8');
  if (UPDATE)
    writeFileSync(
      PAGE,
      page.replace(REPORT, () => shown),
    );
  else expect(REPORT.exec(page)?.[0]).toBe(shown);
  expect(status).toBe(1);
});

test('fits a terminal of 80 columns, and a chat', () => {
  for (const line of diagnosed().out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  const lines = diagnosed('--format short').out.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^VIP 192\.168\.80\.200: clients are answered by lb1; /);
  expect(lines[1]).toMatch(/^error rs1: .* \(arp\/only-lo-set\)$/);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(160);
});

test('a symptom of the example is ruled in by the real server that answers ARP', () => {
  const { out } = diagnosed('--symptom vip-does-not-answer');
  expect(out).toContain('ruled in    that of a real server');
  expect(out.replace(/\s+/g, ' ')).toContain('error rs1: rs1 answers ARP for VIP 192.168.80.200');
});
