import type { Fact } from '../../src/evidence/fact.ts';
import type { VirtualService } from '../../src/model/service.ts';
import { clusterOf } from './lint.ts';

/** The services of a keepalived.conf. */
export async function servicesOf(text: string): Promise<readonly VirtualService[]> {
  return (await clusterOf({ 'lb1/keepalived.conf': text })).hosts[0]?.services ?? [];
}

/** A service with these lines. */
export async function serviceOf(head: string, ...lines: readonly string[]): Promise<VirtualService> {
  const [service] = await servicesOf(`virtual_server ${head} {\n${lines.join('\n')}\n}\n`);
  return service as VirtualService;
}

/** What a fact says, where it is there. */
export const valueIn = (fact: Fact<unknown> | undefined) => fact?.value;
