import type { Fact, Located } from '../evidence/fact.ts';
import type { Subject } from './cluster.ts';

/** What containers and Kubernetes have to do with addresses and IPVS on a host, as far as manifests say it. */
export interface Workloads {
  readonly kubeProxies: readonly KubeProxy[];
  /** Containers that run keepalived. */
  readonly keepaliveds: readonly KeepalivedContainer[];
  /** What answers ARP for service addresses: MetalLB in layer 2, kube-vip with ARP. */
  readonly announcers: readonly (Located & { readonly what: string })[];
}

/** KubeProxyConfiguration, v1alpha1. */
export interface KubeProxy extends Subject {
  readonly mode: Fact<string> | undefined;
  readonly strictArp: Fact<boolean> | undefined;
  /** Seconds; 0 leaves the kernel's own. */
  readonly tcpTimeout: Fact<number> | undefined;
  readonly udpTimeout: Fact<number> | undefined;
}

export interface KeepalivedContainer extends Subject {
  readonly image: Fact<string>;
  /** It uses the host's own interfaces. */
  readonly hostNetwork: boolean;
  readonly privileged: boolean;
  /** Added ones, without CAP_; ALL stands for every one. */
  readonly capabilities: ReadonlySet<string>;
}

/** True where kube-proxy writes the host's IPVS table. */
export function usesIpvs({ mode }: KubeProxy): boolean {
  return mode?.value === 'ipvs';
}
