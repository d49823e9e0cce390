import type { Course, DrawnRequest } from '../../judge/verification.ts';
import { duration } from '../verification/numbers.ts';
import { type Markup, markup } from './markup.ts';
import { fixed, linearScale, logarithmicScale, type Scale } from './scale.ts';

const WIDTH = 960;
/** Where time begins and ends; left of it stands what the lanes are. */
const LEFT = 170;
const RIGHT = WIDTH - 20;
const LANE = 16;
const LANE_STEP = 24;
const LATENCY = 150;
const LATENCY_GAP = 34;

/** Requests, who serves, and latency over one axis of time, with the moments that matter marked through all of them. */
export function coursePlot(course: Course, name: string): Markup {
  const { requests, lanes, marks } = course;
  const zero = marks[0]?.at ?? course.from;
  const time = linearScale((course.from - zero) / 1000, (course.to - zero) / 1000, LEFT, RIGHT);
  const x = (at: number) => time.at((at - zero) / 1000);
  const top = 24 + 16 * rowsOf(marks, x).length;
  const drawn = [
    ...(requests.length === 0 ? [] : requestLanes(requests, x)),
    ...lanes.map(({ label, isWrong, spans }) => ({
      label,
      kind: isWrong ? 'wrong' : 'holds',
      spans: spans.map(({ from, to }) => [x(from), x(to)] as const),
    })),
  ];
  const latencyTop = top + drawn.length * LANE_STEP + LATENCY_GAP;
  const bottom = requests.length === 0 ? latencyTop - LATENCY_GAP : latencyTop + LATENCY;
  const latency = requests.length === 0 ? undefined : latencyPanel(requests, x, latencyTop, bottom);
  return markup`<svg class="plot course" viewBox="0 0 ${WIDTH} ${bottom + 44}" role="img" aria-label="${name}: requests over time">
${drawn.map((lane, at) => laneMarkup(lane, top + at * LANE_STEP))}${latency}${timeAxis(time, bottom)}${markLines(marks, x, bottom)}</svg>
`;
}

interface DrawnLane {
  readonly label: string;
  /** Its class. */
  readonly kind: string;
  readonly spans: readonly (readonly [from: number, to: number])[];
}

const STATES = [
  ['good', 'requests answered'],
  ['slow', 'answered after 1 s'],
  ['failed', 'requests failed'],
] as const;

/** A request stands for the time until the next one, but for no more than a pause that can be seen. */
function requestLanes(requests: readonly DrawnRequest[], x: (at: number) => number): readonly DrawnLane[] {
  const PAUSE = 6;
  return STATES.map(([state, label]) => {
    const spans: [number, number][] = [];
    for (const [number, { at, state: own }] of requests.entries()) {
      if (own !== state) continue;
      const start = x(at);
      const next = requests[number + 1];
      const end = Math.min(Math.max(start + 0.6, next === undefined ? 0 : x(next.at)), start + PAUSE, RIGHT);
      const last = spans.at(-1);
      if (last !== undefined && start - last[1] < 0.1) last[1] = Math.max(last[1], end);
      else spans.push([start, end]);
    }
    return { label, kind: state, spans };
  });
}

function laneMarkup({ label, kind, spans }: DrawnLane, y: number): Markup {
  const bars = spans
    .map(([from, to]) => `M${fixed(from)} ${y}h${fixed(Math.max(to - from, 0.6))}v${LANE}H${fixed(from)}z`)
    .join('');
  return markup`<text class="label" x="${LEFT - 10}" y="${y + 12}">${label}</text>
<path class="rail" d="M${LEFT} ${y + LANE / 2}H${RIGHT}"/>
<path class="${kind}" d="${bars}"/>
`;
}

function latencyPanel(
  requests: readonly DrawnRequest[],
  x: (at: number) => number,
  top: number,
  bottom: number,
): Markup {
  const times = requests.map(({ milliseconds }) => Math.max(milliseconds, 0.1));
  const least = times.reduce((low, each) => Math.min(low, each), 1000);
  const most = times.reduce((high, each) => Math.max(high, each), 1);
  const scale = logarithmicScale(least, most, bottom, top);
  const lines = scale.ticks.map(
    (tick) => markup`<path class="grid" d="M${LEFT} ${fixed(scale.at(tick))}H${RIGHT}"/>
<text class="label" x="${LEFT - 10}" y="${fixed(scale.at(tick) + 4)}">${duration(tick)}</text>
`,
  );
  const dots = STATES.map(([state]) => {
    const sign = state === 'failed' ? 'm-2 -2l4 4m0 -4l-4 4' : 'h0';
    // Many requests of a long test fall on one place: each place is drawn once.
    const places = new Set(
      requests
        .filter((request) => request.state === state)
        .map(({ at, milliseconds }) => `M${fixed(x(at))} ${fixed(scale.at(milliseconds))}${sign}`),
    );
    return markup`<path class="dots ${state}" d="${[...places].join('')}"/>\n`;
  });
  return markup`<text class="label" x="${LEFT - 10}" y="${top - 14}">latency</text>
${lines}${dots}`;
}

function timeAxis(time: Scale, bottom: number): Markup {
  const ticks = time.ticks.map(
    (tick) => markup`<path class="tick" d="M${fixed(time.at(tick))} ${bottom}v5"/>
<text class="number" x="${fixed(time.at(tick))}" y="${bottom + 19}">${Number(tick.toFixed(3))}</text>
`,
  );
  return markup`<path class="axis" d="M${LEFT} ${bottom}H${RIGHT}"/>
${ticks}<text class="number" x="${(LEFT + RIGHT) / 2}" y="${bottom + 36}">seconds after the fault</text>
`;
}

type Marks = Course['marks'];

/** Marks in as few rows as their words need, so that none stands on another. */
function rowsOf(marks: Marks, x: (at: number) => number): readonly Marks[] {
  const rows: { end: number; marks: Marks[number][] }[] = [];
  for (const mark of marks.toSorted((one, other) => one.at - other.at)) {
    const start = x(mark.at);
    const row = rows.find(({ end }) => end < start) ?? { end: 0, marks: [] };
    if (row.marks.length === 0) rows.push(row);
    row.end = start + 16 + wordsOf(mark).length * 7.5;
    row.marks.push(mark);
  }
  return rows.map((row) => row.marks);
}

function wordsOf({ what }: Marks[number]): string {
  return what;
}

function markLines(marks: Marks, x: (at: number) => number, bottom: number): Markup {
  const rows = rowsOf(marks, x);
  const drawn = rows.flatMap((row, number) =>
    row.map((mark) => {
      const [place, y] = [x(mark.at), 14 + 16 * number];
      const isLate = place > RIGHT - 90;
      return markup`<path class="mark" d="M${fixed(place)} ${y - 10}V${bottom}"/>
<text class="mark${isLate ? ' late' : ''}" x="${fixed(place + (isLate ? -4 : 4))}" y="${y}">${wordsOf(mark)}</text>
`;
    }),
  );
  return markup`${drawn}`;
}
