import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { DeclaredFiles } from '../collect/collection.ts';
import type { Severity } from '../judge/finding.ts';
import type { Mistake } from '../judge/rule.ts';
import type { RuleSetting, RuleSettings, SettingsOfRules } from '../judge/rule-settings.ts';
import type { Declared, DeclaredHost } from '../model/build.ts';
import type { Target } from '../model/cluster.ts';
import type { DeclaredControl } from '../verify/service-control.ts';
import { WrongUse } from './exit.ts';

export const SETTINGS_NAME = 'lvsdoctor.yaml';

/** What lvsdoctor.yaml says, in the words of those who use it. */
export interface Settings extends Declared {
  readonly files: readonly DeclaredFiles[];
  /** Where ssh finds a host, by its name. */
  readonly ssh: ReadonlyMap<string, string>;
  /** Where ssh finds the machine that verify sends its requests from; undefined: they go out from here. */
  readonly client?: string;
  /** How a host's service is stopped and started, where a host's own ways are not to be used. */
  readonly controls: ReadonlyMap<string, DeclaredControl>;
  readonly failOn: Severity;
  /** Where findings are kept that are not reported. */
  readonly baseline?: string;
  readonly rules: SettingsOfRules;
}

/** `off`, `error`, or `{ severity: error, ratio: 20 }`. */
type WrittenRule = Severity | 'off' | Readonly<Record<string, Severity | 'off' | number>> | null;
type WrittenRules = Readonly<Record<string, WrittenRule>> | null;

/** The file as its schema, docs/lvsdoctor.schema.json, describes it. */
export interface SettingsFile {
  readonly hosts?: Readonly<
    Record<
      string,
      | (DeclaredHost & DeclaredControl & { files?: readonly string[]; ssh?: string; rules?: WrittenRules })
      | null
    >
  >;
  readonly client?: { readonly ssh?: string } | null;
  readonly target?: Target;
  readonly failOn?: Severity;
  readonly baseline?: string;
  readonly rules?: WrittenRules;
}

const NO_SETTINGS: Settings = {
  hosts: new Map(),
  target: {},
  files: [],
  ssh: new Map(),
  controls: new Map(),
  failOn: 'warning',
  rules: {},
};

/** The settings that hold for a folder. `wanted` names a file, or is false for none. Invalid ones are wrong use. */
export async function loadSettings(
  wanted: string | false | undefined,
  workingFolder: string,
  knownRules: readonly Mistake[],
): Promise<Settings> {
  const path = wanted === undefined ? findUpwards(workingFolder) : wanted && resolve(workingFolder, wanted);
  if (!path) return NO_SETTINGS;
  const name = relative(workingFolder, path);
  const text = readText(path, name);
  const { readSettings } = await import('./settings-reader.ts');
  const { file, problems } = readSettings(text, knownRules);
  if (problems.length > 0)
    throw new WrongUse(
      problems.reduce(
        (told, { line, column, message }) => `${told}\n${name}:${line}:${column}: ${message}`,
        'the settings cannot be used',
      ),
    );
  return settingsOf(file, dirname(path));
}

function findUpwards(folder: string): string | undefined {
  for (let here = folder; ; here = dirname(here)) {
    const path = join(here, SETTINGS_NAME);
    if (existsSync(path)) return path;
    if (here === dirname(here)) return undefined;
  }
}

function readText(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new WrongUse(
      `${name}: ${code === 'ENOENT' ? 'there is no such settings file' : `it cannot be read (${code})`}`,
    );
  }
}

function settingsOf(file: SettingsFile, folder: string): Settings {
  const hosts = Object.entries(file.hosts ?? {});
  return {
    hosts: new Map(hosts.map(([name, host]) => [name, host ?? {}])),
    target: file.target ?? {},
    files: hosts.flatMap(([host, said]) => (said?.files ? [{ host, folder, patterns: said.files }] : [])),
    ssh: new Map(hosts.flatMap(([name, said]) => (said?.ssh ? [[name, said.ssh] as const] : []))),
    ...(file.client?.ssh !== undefined && { client: file.client.ssh }),
    controls: new Map(
      hosts.flatMap(([name, host]) =>
        host?.stop && host.start ? [[name, { stop: host.stop, start: host.start }] as const] : [],
      ),
    ),
    failOn: file.failOn ?? 'warning',
    ...(file.baseline !== undefined && { baseline: resolve(folder, file.baseline) }),
    rules: {
      everywhere: rulesOf(file.rules),
      onHost: new Map(hosts.map(([name, host]) => [name, rulesOf(host?.rules)])),
    },
  };
}

function rulesOf(written: WrittenRules | undefined): RuleSettings {
  return new Map(Object.entries(written ?? {}).map(([name, said]) => [name, ruleOf(said)]));
}

function ruleOf(said: WrittenRule): RuleSetting {
  if (typeof said === 'string') return { severity: said };
  const { severity, ...thresholds } = said ?? {};
  return {
    ...(severity && { severity: severity as Severity }),
    thresholds: thresholds as Record<string, number>,
  };
}
