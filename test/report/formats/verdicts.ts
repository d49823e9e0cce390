import type { Finding, Verdict } from '../../../src/judge/finding.ts';
import type { ReportContext } from '../../../src/report/context.ts';
import { awkward } from '../awkward.ts';
import { brokenCluster, findingAt, placeOf, plain, sourceOf, verdictOf } from '../samples.ts';

/** What others may write into a file, its name or a host's name, and what breaks formats that do not expect it. */
const HOSTILE = [
  'quotes " \' ` and <b>&amp;</b>',
  ']]> <![CDATA[ --> <!-- </script><script>alert(1)</script>',
  'lines\r\nand\u2028more\n::error::forged%0A\ttab',
  'NUL \0, bell \x07, \x1b[31mred\x1b[0m, \x9b1m, \x7f',
  'emoji 👩‍👩‍👧 and 備機, \u202Eright to left\u202C, \u200b zero width, \ufeff',
  'halves \ud83d of a pair \udc4d, \ufffe and \uffff',
  'https://example.org/?a=1,b=2;c:d|e{0}[x](1)',
] as const;

const hostile = HOSTILE.map((words, at): Finding => {
  const source = sourceOf(`host${words}`, `${at}/${words}.conf`, `first\n${words}\nlast\n`);
  return findingAt(placeOf(source, words), {
    message: words,
    why: `why ${words}`,
    remedy: `remedy ${words}`,
    subject: `host/${words}`,
    related: [{ at: placeOf(source, 'last'), message: words }],
    fix: { title: words, safety: 'review', edits: [{ ...placeOf(source, 'first'), text: words }] },
    also: [findingAt(placeOf(source, 'last'), { message: words })],
  });
});

const answered = brokenCluster().findings.map((finding, at) => ({
  finding,
  by: at % 2 === 0 ? ('comment' as const) : ('baseline' as const),
  reason: at === 3 ? '' : `"${finding.host}" is <known>, see ticket #${at}; auth_pass secret1`,
  ...(at % 2 === 0 && { at: finding.at }),
}));

const odd = sourceOf('lb1', 'standard input', 'priority 100\n');
const live = {
  ...sourceOf('lb1', 'lb1$ ipvsadm -S -n', '-A -t 192.0.2.10:80 -s rr\n', 'ipvsadm-save'),
  origin: { kind: 'command', path: 'ipvsadm -S -n' },
} as const;
const remote = {
  ...sourceOf('lb1', 'lb1/etc/keepalived/keepalived.conf', 'priority 100\n'),
  origin: { kind: 'host', path: '/etc/keepalived/keepalived.conf' },
} as const;
const outside = {
  ...sourceOf('lb1', '../lb1 %20.conf', 'priority 100\n'),
  origin: { kind: 'file', path: '/etc/keepalived/lb1 %20.conf' },
} as const;

/** Verdicts that every format has to be valid for, by what is hard about them. */
export const verdicts: readonly (readonly [string, Verdict])[] = [
  ['nothing at all', verdictOf([])],
  ['a cluster with mistakes', brokenCluster()],
  ['places that are hard to print', verdictOf(Object.values(awkward))],
  ['hostile words', verdictOf(hostile)],
  [
    'hostile words where nothing was judged',
    verdictOf([], {
      notJudged: HOSTILE.map((words) => ({ rule: 'a/b', host: words, why: words })),
      gaps: HOSTILE.map((words) => ({ host: words, name: words, why: words })),
      broken: HOSTILE.map((words) => ({ rule: 'a/b', error: new Error(words) })),
      judged: new Map([['a/b', new Set(HOSTILE)]]),
    }),
  ],
  ['everything answered for', verdictOf([], { ignored: answered })],
  ['some of it answered for', { ...brokenCluster(), ignored: answered }],
  ['the same twice', verdictOf([1, 2, 3].map(() => findingAt(placeOf(odd, '100'))))],
  [
    'sources of every kind',
    verdictOf(
      [odd, live, remote, outside].map((source) =>
        findingAt({ source, range: { start: 0, end: source.text.length } }),
      ),
    ),
  ],
  [
    'many findings',
    verdictOf(
      Array.from({ length: 1000 }, (_, at) =>
        findingAt(placeOf(odd, '100'), { rule: `many/r${at % 70}`, message: `finding ${at}` }),
      ),
    ),
  ],
];

/** With every piece of advice, and a page for each rule that the verdicts name. */
export const everything: ReportContext = {
  ...plain,
  advice: true,
  root: '/checkout',
  rules: () =>
    ['vrrp/duplicate-priority', 'forwarding/port-differs', 'a/b'].map((id) => ({
      id,
      severity: 'warning',
      title: `what ${id} is`,
      why: 'It is so.',
      remedy: 'Change it.',
      page: `# ${id}\n\n\`\`\`text\n${HOSTILE[1]}\n\`\`\`\n`,
    })),
};
