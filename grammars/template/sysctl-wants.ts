import type { Slot } from './render.ts';
import type { Want } from './want.ts';

/** What a sysctl file takes where a value stands: a setting behind `=`, or an interface's name within a key. */
export function sysctlWants({ before, after }: Slot): Want | undefined {
  if (before.includes('=')) return { kind: 'setting' };
  const isInterface = /(?:conf|neigh)[./]$/.test(before) && /^[./]\w+\s*=/.test(after);
  return isInterface ? { kind: 'interface' } : undefined;
}
