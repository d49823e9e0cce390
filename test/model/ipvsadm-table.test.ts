import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readIpvsadm } from '../../grammars/ipvsadm/read.ts';
import { servicesFromIpvsadm } from '../../src/model/from-ipvsadm.ts';
import { printIpvsadm } from '../../src/model/print-ipvsadm.ts';
import { sourceOf } from '../support/source.ts';

const load = (text: string) => servicesFromIpvsadm(readIpvsadm(sourceOf(text, 'ipvsadm-save')));

/** The table in the program's own format, as one line with ` | ` between rules. */
function tableOf(text: string): string {
  const tree = readIpvsadm(sourceOf(text.replaceAll(' | ', '\n'), 'ipvsadm-save'));
  expect(tree.faults).toEqual([]);
  return printIpvsadm(servicesFromIpvsadm(tree).services).trimEnd().replaceAll('\n', ' | ');
}

const SMTP = '-A -t 203.0.113.5:25 -s wlc';

/* What `ipvsadm -Sn` of 1.31 shows on a 6.1 kernel after the commands on the left. */
describe('the table after restoring', () => {
  test.each([
    // Services
    ['-A -t 203.0.113.5:25', SMTP],
    ['--add-service --tcp-service 203.0.113.5:25 --scheduler rr', '-A -t 203.0.113.5:25 -s rr'],
    ['-At203.0.113.5:25 -srr', '-A -t 203.0.113.5:25 -s rr'],
    ['-A -t 203.0.113.5:smtp', SMTP],
    ['-A -u 203.0.113.5:domain -s rr', '-A -u 203.0.113.5:53 -s rr'],
    ['-A -t 203.0.113.5 -p', '-A -t 203.0.113.5:0 -s wlc -p 360'],
    ['-A -t [2001:DB8:0::5]:25', '-A -t [2001:db8::5]:25 -s wlc'],
    ['-A -t 2001:db8::5 -p', '-A -t [2001:db8::5]:0 -s wlc -p 360'],
    ['-A -t 0.0.0.0:25', '-A -t 0.0.0.0:25 -s wlc'],
    ['-A -t 224.0.0.9:25', '-A -t 224.0.0.9:25 -s wlc'],
    ['-A -t 0313.113.5:025', '-A -t 203.113.0.5:25 -s wlc'],
    ['-A --sctp-service 203.0.113.5:3868', '-A --sctp-service 203.0.113.5:3868 -s wlc'],
    ['-A -f 012', '-A -f 12 -s wlc'],
    ['-A -f 4 -6 -s rr', '-A -f 4 -6 -s rr'],
    ['-A -f 4294967295', '-A -f 4294967295 -s wlc'],
    // Service options
    ['-A -u 203.0.113.5:53 --ops', '-A -u 203.0.113.5:53 -s wlc -o'],
    ['-A -f 4 -o', '-A -f 4 -s wlc -o'],
    [`${SMTP} -p 2678400`, `${SMTP} -p 2678400`],
    [`${SMTP} -p -M 255.255.255.0`, `${SMTP} -p 360 -M 255.255.255.0`],
    [`${SMTP} -p -M 255.255.255.255`, `${SMTP} -p 360`],
    [`${SMTP} -M 255.255.255.0`, SMTP],
    [`${SMTP} -p -M 24`, `${SMTP} -p 360 -M 0.0.0.24`],
    ['-A -t [2001:db8::5]:25 -p -M 64', '-A -t [2001:db8::5]:25 -s wlc -p 360 -M 64'],
    ['-A -t [2001:db8::5]:25 -p -M 128', '-A -t [2001:db8::5]:25 -s wlc -p 360'],
    ['-A -M 64 -t [2001:db8::5]:25 -p', '-A -t [2001:db8::5]:25 -s wlc -p 360'],
    ['-A -t 203.0.113.5:25 -s sh -b sh-port', '-A -t 203.0.113.5:25 -s sh -b sh-port'],
    ['-A -t 203.0.113.5:25 -s sh -b flag-2,,flag-1', '-A -t 203.0.113.5:25 -s sh -b sh-fallback,sh-port'],
    [
      '-A -t 203.0.113.5:25 -b mh-port,mh-fallback -s mh',
      '-A -t 203.0.113.5:25 -s mh -b mh-fallback,mh-port',
    ],
    ['-A -t 203.0.113.5:25 -b flag-3,flag-1', `${SMTP} -b flag-1,flag-3`],
    ['-A -t 203.0.113.5:25 -s sh -b flag-3,flag-2', '-A -t 203.0.113.5:25 -s sh -b sh-port'],
    ['-A -t 203.0.113.5:25 -s mh -b flag-3', '-A -t 203.0.113.5:25 -s mh'],
    ['-A -t [::1:2]:25', '-A -t [::0.1.0.2]:25 -s wlc'],
    ['-A -t [::FFFF:cb00:7105]:25', '-A -t [::ffff:203.0.113.5]:25 -s wlc'],
    ['-A -u 203.0.113.5:5060 --pe sip -p 60', '-A -u 203.0.113.5:5060 -s wlc -p 60 --pe sip'],
    ['-A -t 203.0.113.5:5060 --pe sip', '-A -t 203.0.113.5:5060 -s wlc --pe sip'],
    // Servers
    [`${SMTP} | -a -t 203.0.113.5:25 -r 10.8.0.1`, `${SMTP} | -a -t 203.0.113.5:25 -r 10.8.0.1:25 -g -w 1`],
    [
      `${SMTP} | -a -t 203.0.113.5:25 -r 10.8.0.1:26 -g`,
      `${SMTP} | -a -t 203.0.113.5:25 -r 10.8.0.1:25 -g -w 1`,
    ],
    [
      `${SMTP} | -a -t 203.0.113.5:25 -r 10.8.0.1:26 -i -w 0`,
      `${SMTP} | -a -t 203.0.113.5:25 -r 10.8.0.1:25 -i -w 0 --tun-type ipip`,
    ],
    [
      `${SMTP} | -a -t 203.0.113.5:25 -r 10.8.0.1:26 -m -w 65536`,
      `${SMTP} | -a -t 203.0.113.5:25 -r 10.8.0.1:26 -m -w 65536`,
    ],
    [
      `${SMTP} | -a -t 203.0.113.5:25 -r 203.0.113.5 -x 9 -y 4`,
      `${SMTP} | -a -t 203.0.113.5:25 -r 203.0.113.5:25 -g -w 1`,
    ],
    [
      `${SMTP} | -a -t 203.0.113.5:25 -r 10.8.0.1 -i --tun-type gue --tun-port 6080`,
      `${SMTP} | -a -t 203.0.113.5:25 -r 10.8.0.1:25 -i -w 1 --tun-type gue --tun-port 6080 --tun-nocsum`,
    ],
    [
      `${SMTP} | -a -t 203.0.113.5:25 -r 10.8.0.1 -i --tun-type gue --tun-port 6080 --tun-remcsum`,
      `${SMTP} | -a -t 203.0.113.5:25 -r 10.8.0.1:25 -i -w 1 --tun-type gue --tun-port 6080 --tun-remcsum`,
    ],
    [
      `${SMTP} | -a -t 203.0.113.5:25 -r 10.8.0.1 -i --tun-type gre --tun-csum`,
      `${SMTP} | -a -t 203.0.113.5:25 -r 10.8.0.1:25 -i -w 1 --tun-type gre --tun-csum`,
    ],
    [
      `${SMTP} | -a -t 203.0.113.5:25 -r [2001:db8::1]:25 -i`,
      `${SMTP} | -a -t 203.0.113.5:25 -r [2001:db8::1]:25 -i -w 1 --tun-type ipip`,
    ],
    ['-A -f 4 | -a -f 4 -r 10.8.0.1:25 -m', '-A -f 4 -s wlc | -a -f 4 -r 10.8.0.1:25 -m -w 1'],
    ['-A -f 4 | -a -f 4 -r 10.8.0.1', '-A -f 4 -s wlc | -a -f 4 -r 10.8.0.1:0 -g -w 1'],
    [
      '-A -f 4 | -A -f 4 -6 | -a -f 4 -6 -r [2001:db8::1]:0',
      '-A -f 4 -s wlc | -A -f 4 -6 -s wlc | -a -f 4 -6 -r [2001:db8::1]:0 -g -w 1',
    ],
    // One after the other
    [`${SMTP} | -C`, ''],
    [`${SMTP} | -A -u 203.0.113.5:25 | -D -t 203.0.113.5:25`, '-A -u 203.0.113.5:25 -s wlc'],
    [
      `${SMTP} -p 30 | -a -t 203.0.113.5:25 -r 10.8.0.1 | -E -t 203.0.113.5:25 -s rr`,
      '-A -t 203.0.113.5:25 -s rr | -a -t 203.0.113.5:25 -r 10.8.0.1:25 -g -w 1',
    ],
    [
      `${SMTP} | -a -t 203.0.113.5:25 -r 10.8.0.1 -w 3 -m | -e -t 203.0.113.5:25 -r 10.8.0.1`,
      `${SMTP} | -a -t 203.0.113.5:25 -r 10.8.0.1:25 -g -w 1`,
    ],
    [`${SMTP} | -a -t 203.0.113.5:25 -r 10.8.0.1:26 -g | -d -t 203.0.113.5:25 -r 10.8.0.1`, SMTP],
  ])('%s', (fed, shown) => {
    expect(tableOf(fed)).toBe(shown);
  });
});

const port = fc.integer({ min: 1, max: 65_535 });
const ipv4 = fc
  .tuple(fc.integer({ min: 1, max: 223 }), fc.nat(255), fc.nat(255), fc.nat(255))
  .map((bytes) => bytes.join('.'));
const ipv6 = fc.nat(0xffff).map((last) => `[2001:db8::${(last + 1).toString(16)}]`);
const flags = fc.constantFrom(
  '-s rr',
  '-s wlc',
  '-s sh -b sh-fallback,sh-port',
  '-s mh -b mh-port',
  '-s lc -b flag-1,flag-3',
);
const persistence = fc.option(fc.integer({ min: 1, max: 2_678_400 }), { nil: undefined });

/** A saved table as the program writes it: each service once, its servers below it. */
const savedTable = fc
  .uniqueArray(
    fc.record({
      target: fc.oneof(
        fc
          .tuple(fc.constantFrom('-t', '-u', '--sctp-service'), fc.oneof(ipv4, ipv6), port)
          .map(([option, ip, to]) => `${option} ${ip}:${to}`),
        fc
          .tuple(fc.integer({ min: 1, max: 4_294_967_295 }), fc.constantFrom('', ' -6'))
          .map(([mark, family]) => `-f ${mark}${family}`),
      ),
      flags,
      persistence,
      servers: fc.uniqueArray(fc.tuple(ipv4, fc.nat(255)), { maxLength: 4, selector: ([ip]) => ip }),
    }),
    { maxLength: 6, selector: (service) => service.target },
  )
  .map((services) =>
    services
      .map(({ target, flags: scheduler, persistence: seconds, servers }) => {
        const [name = '', ...rest] = scheduler.split(' -b');
        const words = [
          `-A ${target} ${name}`,
          seconds === undefined ? '' : ` -p ${seconds}`,
          ...rest.map((each) => ` -b${each}`),
        ];
        const to = target.startsWith('-f') ? 0 : (/\d+$/.exec(target)?.[0] ?? 0);
        const lines = servers.map(
          ([ip, weight]) => `-a ${target} -r ${ip}:${to} -i -w ${weight} --tun-type ipip\n`,
        );
        return `${words.join('')}\n${lines.join('')}`;
      })
      .join(''),
  );

test('a table that the program wrote comes back as it was', () => {
  fc.assert(
    fc.property(savedTable, (text) => {
      expect(load(text).faults).toEqual([]);
      expect(printIpvsadm(load(text).services)).toBe(text);
    }),
  );
});

test('no commands make the table throw, and what it prints is read back the same', () => {
  const word = fc.constantFrom(
    ...'-A -A -a -a -E -e -D -d -C -Z -t -u -f -r -s -p -M -w -x -y -m -g -i -o -6 -b --pe --tun-type'.split(
      ' ',
    ),
    ...'203.0.113.5:25 [2001:db8::5]:25 10.8.0.1 10.8.0.1:26 web:25 web:odd 4 64 rr sh gue ipip sh-port sip'.split(
      ' ',
    ),
    '\n',
    '\n-A -t 203.0.113.5:25 -s',
    '\n-a -t 203.0.113.5:25 -r',
    '\n-a -f 4 -r',
  );
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 60 }).map((words) => words.join(' ')),
      (text) => {
        const printed = printIpvsadm(load(text).services);
        expect(printIpvsadm(load(printed).services)).toBe(printed);
      },
    ),
    { numRuns: 1000 },
  );
});

const corpus = process.env['LVSDOCTOR_CORPUS'];

describe.skipIf(corpus === undefined)('the corpus (set LVSDOCTOR_CORPUS to its folder)', () => {
  const folder = join(corpus ?? '.', 'ipvsadm');
  const files = corpus === undefined ? [] : readdirSync(folder);

  test.each(files)('%s comes back as it was', (file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const { services, faults } = load(text);
    const hasNames = /[a-z]\S*:|:[a-z]/.test(text);
    if (!hasNames) expect(faults).toEqual([]);
    const lines = text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'));
    const whole = lines.map((line) => {
      const full = line.startsWith('-A') || line.includes(' -w ') ? line : `${line} -w 1`;
      return / -i -w \d+$/.test(full) ? `${full} --tun-type ipip` : full;
    });
    const printed = printIpvsadm(services);
    expect(printIpvsadm(load(printed).services)).toBe(printed);
    if (!hasNames) expect(printed.trimEnd().split('\n').toSorted()).toEqual(whole.toSorted());
  });
});
