import { effectOf, type Flaw, undefinedVariable, unresolvedName } from './flaw.ts';
import type { Form } from './form.ts';
import * as globals from './form-globals.ts';
import * as interfaces from './form-interfaces.ts';
import * as services from './form-services.ts';
import type { BlockName, Keyword } from './keywords.ts';

/** The flaws of a line whose arguments follow no simple list; keepalived looks at each of these words. */
export function formFlaws(keyword: Keyword, block: BlockName, words: readonly string[]): Flaw[] {
  for (let at = 1; at < words.length; at++) {
    const name = unresolvedName(words[at] ?? '');
    if (name !== undefined) return [undefinedVariable(at, name)];
  }
  const read = FORMS[keyword.form ?? ''];
  if (read === undefined) return [];
  const flaws = read({ keyword, words, effect: effectOf(keyword, block) });
  return keyword.grave
    ? flaws.map((flaw) => (flaw.severity === 'warning' ? { ...flaw, severity: 'error' } : flaw))
    : flaws;
}

const FORMS: Readonly<Record<string, (form: Form) => Flaw[]>> = {
  service: services.readService,
  method: services.readForwarding,
  granularity: services.readGranularity,
  lvs_timeouts: globals.readTimeouts,
  lvs_sync_daemon: globals.readSyncDaemon,
  extra_if: globals.readExtraInterface,
  rx_bufs_policy: globals.readBufferPolicy,
  umask: globals.readUmask,
  include_check: globals.readIncludeCheck,
  use_vmac: interfaces.readVmac,
  use_ipvlan: interfaces.readIpvlan,
  init_file: interfaces.readInitFile,
  status_code: services.readStatusCodes,
  regex_options: services.readRegexOptions,
  offset: services.readOffsets,
};
