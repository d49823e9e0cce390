import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readIpvsadm } from '../../grammars/ipvsadm/read.ts';
import { readListing } from '../../grammars/listings/read.ts';
import { servicesFromIpvsadm } from '../../src/model/from-ipvsadm.ts';
import { printIpvsadm } from '../../src/model/print-ipvsadm.ts';
import { SEED } from '../support/seed.ts';
import { sourceOf } from '../support/source.ts';
import { isLabMissing, LAB_DEADLINE, runInLab } from './kernel.ts';
import { savedFromListing } from './listing-as-saved.ts';
import { readable, sorted } from './printed-table.ts';
import { TABLE } from './random-table.ts';

const TABLES = 150;

/** What the tool makes of a table, read and printed. */
function ownPrint(text: string): { readonly printed: string; readonly refused: readonly string[] } {
  const tree = readIpvsadm(sourceOf(text, 'ipvsadm-save'));
  const refused = tree.faults.map((fault) => fault.message);
  return { printed: printIpvsadm(servicesFromIpvsadm(tree).services), refused };
}

/** A listing names the persistence engine of persistent services only. */
function heldAsListed(text: string): string {
  return text.replace(/^(-A (?!.* -p ).*) --pe sip/gm, '$1');
}

test.skipIf(isLabMissing())(
  'the kernel holds the tables that the tool reads out of what `ipvsadm -R` is given',
  async () => {
    const seed = SEED;
    console.log(`lab kernel: ${TABLES} tables, LVSDOCTOR_SEED=${seed} makes them again`);
    const tables = fc.sample(TABLE, { numRuns: TABLES, seed });
    const name = (at: number) => String(at).padStart(4, '0');
    const files = Object.fromEntries(tables.map((table, at) => [`in/${name(at)}`, table]));
    await runInLab('load-tables.sh', files, ({ read }) => {
      const differences = tables.flatMap((table, at) => {
        const { printed, refused } = ownPrint(table);
        const held = readable(read(`out/${name(at)}`));
        // A saved table comes back as it is, in its own order.
        const again = ownPrint(held).printed;
        const listing = readListing(sourceOf(read(`listed/${name(at)}`), 'ipvsadm-listing'));
        const faults = [...refused, ...listing.faults.map((fault) => fault.message)];
        const listed = savedFromListing(listing);
        const isSame = sorted(printed) === sorted(held) && again === held && listed === heldAsListed(held);
        if (faults.length === 0 && isSame) return [];
        const parts = { table, faults: faults.join('\n'), held, printed, again, listed };
        return Object.entries({ ...parts, said: read(`said/${name(at)}`) }).flat();
      });
      expect(differences.slice(0, 50).join('\n')).toBe('');
      expect(readListing(sourceOf(read('all-listings'), 'ipvsadm-listing')).faults).toEqual([]);
      const all = tables.map((_, at) => read(`out/${name(at)}`)).join('');
      expect(all.match(/^-A /gm)?.length).toBeGreaterThan(TABLES);
    });
  },
  LAB_DEADLINE,
);
