import type { Fact } from '../evidence/fact.ts';
import { speaksHttp, speaksTls } from './applications.ts';
import type { VirtualService } from './service.ts';
import { hashesSource } from './weights.ts';

/** A service that remembers its clients by itself, with its one address and the time it remembers them. */
interface Sticky {
  readonly service: VirtualService;
  readonly persistence: Fact<number>;
  readonly port: number | undefined;
  /** Equal for services of one address on the same servers. */
  readonly site: string;
}

/** Two persistent services for http and https of one address, on the same servers. */
export interface SplitSite {
  readonly plain: Sticky;
  readonly secure: Sticky;
}

export function splitSites(services: readonly VirtualService[]): readonly SplitSite[] {
  const sticky = services.flatMap(stickyOf);
  const bySite = new Map(sticky.filter(({ port }) => speaksHttp(port)).map((each) => [each.site, each]));
  return sticky.flatMap((secure) => {
    const plain = speaksTls(secure.port) ? bySite.get(secure.site) : undefined;
    return plain === undefined ? [] : [{ plain, secure }];
  });
}

/** A scheduler that hashes client addresses chooses the same server for both ports. */
function stickyOf(service: VirtualService): readonly Sticky[] {
  const { persistence, endpoints } = service;
  const [endpoint, ...others] = endpoints;
  if (persistence === undefined || endpoint?.address === undefined || others.length > 0) return [];
  const port = endpoint.port?.value;
  if (hashesSource(service) || !(speaksHttp(port) || speaksTls(port))) return [];
  const servers = service.realServers.map(({ address }) => address.value).sort();
  return [{ service, persistence, port, site: [endpoint.address.value, ...servers].join(' ') }];
}
