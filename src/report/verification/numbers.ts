import type { Measure } from '../../judge/verification.ts';

/** `35 ms`, `3.1 s`, `2 min 5 s`, `1 h 4 min`: three digits, or what people say of longer times. */
export function duration(milliseconds: number): string {
  if (milliseconds < 999.5) return `${digits(milliseconds)} ms`;
  if (milliseconds < 119_500) return `${digits(milliseconds / 1000)} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 7200) return parted(seconds, 60, 'min', 's');
  return parted(Math.round(seconds / 60), 60, 'h', 'min');
}

function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function parted(value: number, unit: number, large: string, small: string): string {
  const rest = value % unit;
  return `${Math.floor(value / unit)} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`;
}

/** `33.3 %` */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** What theory expects of a number, in words; empty where it expects nothing. */
export function expectedText({ expected, unit }: Measure): string {
  const { least, most } = expected ?? {};
  const value = (number: number) => (unit === 'milliseconds' ? duration(number) : String(number));
  if (least === undefined && most === undefined) return '';
  if (least === undefined) return most === 0 ? 'none' : `at most ${value(most ?? 0)}`;
  if (most === undefined) return `at least ${value(least)}`;
  return value(least) === value(most) ? value(most) : `${value(least)} to ${value(most)}`;
}

/** What was measured, in words. */
export function measuredText({ measured, within, of, unit }: Measure): string {
  if (measured === undefined) return 'not seen';
  const value = unit === 'milliseconds' ? duration(measured) : String(measured);
  if (of !== undefined) return `${value} of ${of}`;
  return within === undefined || within < 1 ? value : `${value} ± ${duration(within)}`;
}

/** Milliseconds of a year of 365.25 days. */
const YEAR = 31_557_600_000;

/** What a yearly downtime leaves: `99.9996 %`, with as many digits as say something. */
export function availability(downtime: number): string {
  const part = Math.min(1, downtime / YEAR);
  if (part === 0) return '100 %';
  const places = Math.max(0, Math.ceil(-Math.log10(part)) - 1);
  return `${(100 * (1 - part)).toFixed(places)} %`;
}
