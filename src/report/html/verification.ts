import type { MeasuredShares, MeasuredTest, Series } from '../../judge/verification.ts';
import type { VerificationReporter } from '../context.ts';
import { shownOf } from '../text.ts';
import {
  aboutText,
  measureTable,
  phaseTable,
  seriesTable,
  shareTable,
  shareTitle,
  type Table,
  yearText,
} from '../verification/tables.ts';
import { plainWords } from '../words.ts';
import { coursePlot } from './course-plot.ts';
import { findingMarkup } from './finding.ts';
import { type Markup, markup } from './markup.ts';
import { PLOT_STYLES } from './plot-styles.ts';
import { filterOf, pageOf } from './report.ts';
import { sharesPlot } from './shares-plot.ts';

/** What was tried and what came of it: findings, then each test with its numbers and plots. */
export const verificationHtml: VerificationReporter = (verdict, context) => {
  const { tests, series } = context.verification;
  const shown = shownOf(verdict.findings, context);
  const filter = filterOf(shown, context);
  const parts = [
    ...shown.map((finding) => findingMarkup(finding, filter)),
    ...(series === undefined ? [] : [seriesMarkup(series)]),
    ...tests.map(testMarkup),
  ];
  return pageOf('What the tests of the cluster came to', parts, filter, verdict, context, PLOT_STYLES);
};

function testMarkup(test: MeasuredTest): Markup {
  const { name, shares, phases, course } = test;
  const plot =
    course &&
    markup`<figure>
${coursePlot(course, plainWords(name))}<figcaption>Each request is drawn where it began. A cross is one that failed, at the height of the time that it took.</figcaption>
</figure>
`;
  return markup`<section>
<h2>${plainWords(name)}</h2>
<p class="faint">${aboutText(test)}</p>
${tableMarkup(measureTable(test))}${plot}${shares.map(sharesMarkup)}${tableMarkup(phaseTable(phases))}</section>
`;
}

function sharesMarkup(shares: MeasuredShares): Markup {
  return markup`<h3>${shareTitle(shares)}</h3>
<figure>
${sharesPlot(shares)}</figure>
${tableMarkup(shareTable(shares))}`;
}

function seriesMarkup(series: Series): Markup {
  return markup`<section>
<h2>What failovers cost</h2>
${tableMarkup(seriesTable(series))}<p>${yearText(series)}</p>
</section>
`;
}

function tableMarkup({ columns, rows }: Table): Markup | undefined {
  if (rows.length === 0) return undefined;
  const kind = (at: number) => (columns[at]?.isNumber ? 'number' : 'words');
  const head = columns.map(({ title }, at) => markup`<th class="${kind(at)}">${title}</th>`);
  const cellOf = (cell: string, at: number) =>
    at === 0 ? markup`<th scope="row">${cell}</th>` : markup`<td class="${kind(at)}">${cell}</td>`;
  const body = rows.map((row) => markup`<tr>${row.map(cellOf)}</tr>\n`);
  return markup`<table>
<thead><tr>${head}</tr></thead>
<tbody>
${body}</tbody>
</table>
`;
}
