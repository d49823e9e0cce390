import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readIpvsadm } from '../../grammars/ipvsadm/read.ts';
import { servicesFromIpvsadm } from '../../src/model/from-ipvsadm.ts';
import { printIpvsadm } from '../../src/model/print-ipvsadm.ts';
import { SEED } from '../support/seed.ts';
import { sourceOf } from '../support/source.ts';
import { DAMAGED_TABLE } from './damaged-table.ts';
import { isLabMissing, LAB_DEADLINE, runInLab } from './kernel.ts';
import { readable, sorted } from './printed-table.ts';

const TABLES = 200;

/** Tables on which program and tool are known to differ, by what stands in them. */
const NAMED: readonly { readonly where: RegExp; readonly reason: string }[] = [
  {
    where: /^(?:ipvsadm )?-a .* -b\s*$/m,
    reason:
      'in forks -b is FULLNAT and says so; to ipvsadm its argument is missing, and it passes the line over',
  },
];

/** What the tool says of a table, and what of it the program loads by the tool's word. */
function tell(table: string) {
  const tree = readIpvsadm(sourceOf(table, 'ipvsadm-save'));
  const isRead = ({ reading }: (typeof tree.statements)[number]) => reading.faults.length === 0;
  const end = tree.statements.findIndex((line) => !isRead(line) && line.reading.passedOver !== true);
  const loaded = tree.statements
    .filter((line, at) => isRead(line) && (end === -1 || at < end))
    .map(({ range }) => `${table.slice(range.start, range.end)}\n`);
  const { services, faults } = servicesFromIpvsadm(readIpvsadm(sourceOf(loaded.join(''), 'ipvsadm-save')));
  // The model keeps a service as it was meant where the kernel lacks its scheduler or engine.
  const isWhole = !faults.some(({ message }) => /it has no (?:scheduler|persistence engine)/.test(message));
  const told = [...tree.faults, ...faults].map(({ message }) => message);
  // An early -C is no refusal: the program does as it is told.
  const refused = told.filter((message) => !message.startsWith('-C empties'));
  return { told, refused, isStopped: end !== -1, isWhole, printed: printIpvsadm(services) };
}

test.skipIf(isLabMissing())(
  'of a damaged table the kernel holds what the tool leaves, and the program complains where the tool does',
  async () => {
    console.log(`lab kernel: ${TABLES} damaged tables, LVSDOCTOR_SEED=${SEED} makes them again`);
    const tables = fc.sample(DAMAGED_TABLE, { numRuns: TABLES, seed: SEED });
    const name = (at: number) => String(at).padStart(4, '0');
    const files = Object.fromEntries(tables.map((table, at) => [`in/${name(at)}`, table]));
    await runInLab('load-tables.sh', files, ({ read }) => {
      let stopped = 0;
      let complained = 0;
      const differences = tables.flatMap((table, at) => {
        const { told, refused, isStopped, isWhole, printed } = tell(table);
        const said = read(`said/${name(at)}`);
        const held = readable(read(`out/${name(at)}`));
        // 2, and 255 with a hint, where the program ends itself.
        const hasEnded = read(`ended/${name(at)}`).trim() === '2' || said.includes('Try `ipvsadm');
        if (isStopped) stopped++;
        if (said !== '') complained++;
        const isSame =
          (said !== '') === refused.length > 0 &&
          hasEnded === isStopped &&
          (!isWhole || sorted(printed) === sorted(held));
        if (isSame || NAMED.some(({ where }) => where.test(table))) return [];
        return ['', table, said, told.join('\n'), held, printed];
      });
      expect(differences.slice(0, 60).join('\n')).toBe('');
      // Neither all sound nor all damaged, else this would say nothing.
      expect(stopped).toBeGreaterThan(TABLES / 4);
      expect(complained).toBeLessThan(TABLES);
    });
  },
  LAB_DEADLINE,
);
