import { type Doubt, shown } from './doubts.ts';
import { isGlob, sysctlName, sysctlPath } from './key.ts';
import type { SysctlLine } from './parser.ts';
import { part, type Span } from './span.ts';

/** As much of a foreign line as is looked into: a setting that it hides is short. */
const LOOKED_INTO = 500;

const REMEDY_OF_SHELL = "Write 'key = value' lines only; sysctl runs no commands.";

/** A line that sets nothing, and the setting that it means where one can be told. */
export function doubtOfLine(line: SysctlLine): Doubt {
  const whole: Span = { text: line.text.trimEnd(), start: line.start, end: line.start };
  const text = { ...whole, end: line.start + whole.text.length };
  return line.kind === 'shell' ? shell(text) : (halfSetting(text) ?? foreign(text));
}

/** `-key` with a pattern: both programs compare it as a plain name, so it keeps nothing out of other patterns. */
export function doubtOfExclusion(key: Span): Doubt | undefined {
  if (!isGlob(key.text)) return undefined;
  return {
    kind: 'refused-command',
    message: `'-${shown(key.text)}' keeps no key out: an exclusion names one key, without ${/[*?[]/.exec(key.text)?.[0]}`,
    remedy: "Write one '-key' line for each key.",
    severity: 'warning',
    range: key,
    refused: false,
  };
}

/** `sysctl -w key=value`, `echo value > /proc/sys/path`, `echo "key=value" >> /etc/sysctl.conf` */
function shell(line: Span): Doubt {
  const found = settingOf(line);
  const program = /^(?:sudo[ \t]+)?\S+/.exec(line.text)?.[0] ?? line.text;
  return {
    kind: 'refused-command',
    message: `'${shown(program)} …' is a shell command, and sysctl runs none`,
    remedy: found
      ? `Write '${shown(`${sysctlName(sysctlPath(found.key.text))} = ${found.value.text}`)}'.`
      : REMEDY_OF_SHELL,
    severity: found ? 'error' : 'warning',
    range: line,
    refused: true,
    ...found,
  };
}

function settingOf(line: Span): { key: Span; value: Span } | undefined {
  const head = line.text.slice(0, LOOKED_INTO);
  const echo = /[ \t]["']?([\w-]+)["']?[ \t]*>[ \t]*["']?(\/proc\/sys\/[\w./:@-]+)/d.exec(head);
  const pair = /[ \t]["']?([\w*-]+[./][\w./*@:-]+)[ \t]*=[ \t]*["']?([\w.-]+)/d.exec(head);
  const found = echo ?? pair;
  const first = found?.indices?.[1];
  const second = found?.indices?.[2];
  if (!first || !second) return undefined;
  const [key, value] = echo ? [second, first] : [first, second];
  return { key: part(line, ...key), value: part(line, ...value) };
}

/** `net.ipv4.ip_forward 1`, `net.ipv4.ip_forward: 1`, or the key alone. */
function halfSetting(line: Span): Doubt | undefined {
  const found = /^-?((?:net|kernel|vm|fs)[./][\w./*?@-]*\w)[ \t]*:?[ \t]*/d.exec(line.text);
  const at = found?.indices?.[1];
  if (!found || !at || (found[0].length === at[1] && at[1] < line.text.length)) return undefined;
  const key = part(line, ...at);
  const value = part(line, found[0].length, line.text.length);
  const bare = value.text === '';
  return {
    kind: 'refused-command',
    message: `'${shown(line.text)}' has no '=', so nothing is set`,
    remedy: `Write '${shown(`${key.text} = ${bare ? 'VALUE' : value.text}`)}'.`,
    severity: 'error',
    range: line,
    refused: true,
    ...(!bare && { key, value }),
  };
}

function foreign(line: Span): Doubt {
  const mark = /^(?:\/\/|\/\*|--|!|%|<!--|REM\b)/.exec(line.text)?.[0];
  if (mark !== undefined)
    return {
      kind: 'foreign-comment',
      message: `'${mark}' begins no comment here: '#' and ';' do`,
      remedy: "Begin the line with '#'.",
      severity: 'warning',
      range: line,
      refused: true,
    };
  return {
    kind: 'refused-command',
    message: `'${shown(line.text)}' is no setting, and sysctl passes over it`,
    remedy: "Delete the line, or begin it with '#'.",
    family: 'prose',
    severity: 'warning',
    range: line,
    refused: true,
  };
}
