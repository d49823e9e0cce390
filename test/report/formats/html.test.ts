import { createHash } from 'node:crypto';
import { transform } from 'esbuild';
import { type DefaultTreeAdapterMap, type ParserError, parse } from 'parse5';
import { describe, expect, test } from 'vitest';
import { markup } from '../../../src/report/html/markup.ts';
import { htmlPage } from '../../../src/report/html/page.ts';
import { diagnosisHtml, html } from '../../../src/report/html/report.ts';
import { brokenCluster, dangerous, findingAt, placeOf, plain, sourceOf, verdictOf } from '../samples.ts';
import { everything, verdicts } from './verdicts.ts';

type Node = DefaultTreeAdapterMap['childNode'];
type Element = DefaultTreeAdapterMap['element'];

/** The page as a browser reads it, by the algorithm of the standard; whatever a browser has to guess fails the test. */
function elementsOf(page: string): readonly Element[] {
  const errors: ParserError[] = [];
  const document = parse(page, { onParseError: (error) => errors.push(error), sourceCodeLocationInfo: true });
  expect(errors).toEqual([]);
  const below = (node: Node): Element[] =>
    'childNodes' in node ? [node as Element, ...node.childNodes.flatMap(below)] : [];
  return document.childNodes.flatMap(below);
}

function textOf(node: Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

const named = (elements: readonly Element[], name: string) =>
  elements.filter(({ tagName }) => tagName === name);
const attribute = (element: Element | undefined, name: string) =>
  element?.attrs.find((each) => each.name === name)?.value;

const KNOWN =
  /^(?:html|head|meta|title|style|body|main|footer|h[123]|p|ul|ol|li|section|article|pre|code|span|br|dl|dt|dd|table|thead|tbody|tr|th|td|form|label|input|select|option)$/;

describe.each(verdicts)('%s', (_, verdict) => {
  const page = html(verdict, everything);
  const elements = elementsOf(page);

  test('is HTML without a flaw, of our own elements only, with an article for each finding', () => {
    for (const { tagName } of elements) expect(tagName).toMatch(KNOWN);
    expect(named(elements, 'article').length).toBe(verdict.findings.length);
  });

  test('loads nothing, and runs nothing', () => {
    for (const { attrs } of elements)
      for (const { name, value } of attrs) {
        expect(name).not.toMatch(/^(?:on|src|href|action|style)/);
        if (name !== 'value') expect(value).not.toMatch(/https?:|javascript:|url\(/);
      }
    const [policy] = named(elements, 'meta').filter((meta) => attribute(meta, 'http-equiv') !== undefined);
    const style = textOf(named(elements, 'style')[0] as Element);
    const digest = createHash('sha256').update(style).digest('base64');
    expect(attribute(policy, 'content')).toBe(
      `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`,
    );
    expect(style).not.toMatch(/@import|url\(/);
  });

  test('holds no secret, and nothing that a reader does not see', () => {
    expect(page).not.toMatch(/secret1|cödé|1111/);
    expect(page.replaceAll('\n', '')).not.toMatch(dangerous);
  });
});

test('the styles are what a browser understands', async () => {
  const [style] = named(elementsOf(html(brokenCluster(), plain)), 'style');
  const { warnings } = await transform(textOf(style as Element), { loader: 'css' });
  expect(warnings).toEqual([]);
});

test('a reader sees the lines of the text report, word for word', () => {
  const source = sourceOf('lb1', 'lb1/keepalived.conf', 'a\n  x <b>&amp;</b> "priority" 100 # 備\n');
  const at = placeOf(source, '100');
  const related = [{ at: placeOf(source, 'priority'), message: 'see <here>' }];
  const [pre] = named(elementsOf(html(verdictOf([findingAt(at, { related })]), plain)), 'pre');
  expect(textOf(pre as Element)).toBe(
    [
      '  lb1/keepalived.conf:2:29',
      '     2 |   x <b>&amp;</b> "priority" 100 # 備',
      '       |                             ^^^',
      '       |                   -------- see <here>',
    ].join('\n'),
  );
});

test('findings can be left out by severity and by the hosts that they concern', () => {
  const page = html(brokenCluster(), { ...plain, advice: true });
  const elements = elementsOf(page);
  const boxes = named(elements, 'input').map((box) => attribute(box, 'value'));
  expect(boxes).toEqual(['error', 'warning', 'info']);
  expect(named(elements, 'option').map(textOf)).toEqual(['all', 'lb1', 'lb2', 'rs1']);
  const hosts = named(elements, 'article').map((article) => attribute(article, 'data-hosts'));
  expect(hosts).toEqual(['1 0', '1 0', '0', '2', '0']);
  expect(page).toContain(
    'main:has(option[value="1"]:checked) article:not([data-hosts~="1"]) { display: none; }',
  );
  expect(page).toContain('main:has(input[value="info"]:not(:checked)) article.info { display: none; }');
});

test('what was not judged, what is broken and what is answered for is said', () => {
  const [finding = findingAt(placeOf(sourceOf('a', 'a', 'a'), 'a'))] = brokenCluster().findings;
  const ignored = [{ finding, by: 'comment', reason: 'until <June>' } as const];
  const elements = elementsOf(html({ ...brokenCluster(), ignored }, plain));
  const headings = named(elements, 'h2').map(textOf);
  expect(headings).toEqual(['Not read', 'Not judged', 'Broken', 'Ignored', 'Hosts']);
  expect(named(elements, 'td').map(textOf)).toContain('until <June>');
});

test('a diagnosis begins with how each VIP stands, and a walked symptom says what is ruled in', () => {
  const { findings } = brokenCluster();
  const diagnosis = {
    vips: [],
    sections: [{ vips: [], parts: [{ service: undefined, findings }] }],
  };
  const walk = {
    symptom: 'vip-flaps',
    title: 'The VIP <flaps>',
    steps: [
      {
        question: 'Who has it?',
        where: 'On each director',
        commands: ['ip -br address show to 192.0.2.10 | grep <x>'],
        results: [
          { seen: 'two', means: 'both', state: 'ruled in', rules: [], findings, why: [] },
          { seen: 'none', means: 'nobody', state: 'not judged', rules: [], findings: [], why: ['no look'] },
        ],
      },
    ],
  } as const;
  const elements = elementsOf(diagnosisHtml(brokenCluster(), { ...plain, diagnosis, walk }));
  expect(named(elements, 'article').length).toBe(4);
  expect(named(elements, 'h2').map(textOf).slice(0, 2)).toEqual(['vip-flaps: The VIP <flaps>', 'For no VIP']);
  expect(named(elements, 'th').map(textOf)).toEqual(expect.arrayContaining(['ruled in', 'not judged']));
  expect(named(elements, 'pre').map(textOf)).toContain('ip -br address show to 192.0.2.10 | grep <x>\n');
});

test('the frame carries pages of others, with styles and drawings of their own', () => {
  const body = markup`<svg viewBox="0 0 1 1"><path d="${'M0 0"/>'}"/></svg>`;
  const elements = elementsOf(
    htmlPage({ title: '<test>', version: '1', body, styles: 'svg { width: 1em; }' }),
  );
  expect(named(elements, 'h1').map(textOf)).toEqual(['<test>']);
  expect(attribute(named(elements, 'path')[0], 'd')).toBe('M0 0"/>');
  expect(textOf(named(elements, 'style')[0] as Element)).toContain('svg { width: 1em; }');
});
