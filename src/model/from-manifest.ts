import { itemsAt, readYaml, type Scalar, scalarAt, type Value, valueAt } from '../../grammars/yaml/read.ts';
import { type Fact, stated } from '../evidence/fact.ts';
import type { Source } from '../evidence/source.ts';
import type { KeepalivedContainer, KubeProxy, Workloads } from './workload.ts';

const KEEPALIVED = /keepalived/i;
const DEEPEST = 8;

/** What the manifests of a host say: Kubernetes objects, their ConfigMaps, and compose files. */
export function workloadsFrom(host: string, sources: readonly Source[]): Workloads {
  const found = {
    kubeProxies: [] as KubeProxy[],
    keepaliveds: [] as KeepalivedContainer[],
    announcers: [] as Workloads['announcers'][0][],
  };
  for (const document of sources.flatMap(readYaml)) {
    for (const object of objectsIn(document)) {
      const kind = scalarAt(object, 'kind');
      if (kind?.text === 'KubeProxyConfiguration') found.kubeProxies.push(kubeProxyFrom(host, object));
      if (kind?.text === 'L2Advertisement') found.announcers.push({ what: 'MetalLB', place: kind.place });
      for (const pod of podsIn(object)) {
        for (const container of itemsAt(pod, 'containers')) {
          const image = scalarAt(container, 'image');
          if (image && KEEPALIVED.test(image.text))
            found.keepaliveds.push(fromPod(host, pod, container, image));
          const arp = image?.text.includes('kube-vip') ? arpSwitch(container) : undefined;
          if (arp !== undefined) found.announcers.push({ what: 'kube-vip', place: arp.place });
        }
      }
    }
    found.keepaliveds.push(...composedIn(host, document));
  }
  return found;
}

/** An object itself, and what stands in a ConfigMap or a List. */
function* objectsIn(document: Value): Generator<Value> {
  yield document;
  yield* itemsAt(document, 'items');
  const data = valueAt(document, 'data');
  if (data?.kind === 'mapping') yield* data.entries.values();
}

/** The pod of an object: its own `spec`, or the one of its template. */
function podsIn(object: Value): readonly Value[] {
  const pods: Value[] = [];
  let spec = valueAt(object, 'spec');
  for (let depth = 0; spec !== undefined && depth < DEEPEST; depth++) {
    if (valueAt(spec, 'containers') !== undefined) pods.push(spec);
    spec = valueAt(spec, 'template', 'spec') ?? valueAt(spec, 'jobTemplate', 'spec');
  }
  return pods;
}

function kubeProxyFrom(host: string, object: Value): KubeProxy {
  const strict = scalarAt(object, 'ipvs', 'strictARP');
  const mode = scalarAt(object, 'mode');
  const seconds = (name: string): Fact<number> | undefined => {
    const word = scalarAt(object, 'ipvs', name);
    const value = word && secondsOf(word.text);
    return word && value !== undefined ? stated(value, word) : undefined;
  };
  return {
    id: `${host}/kube-proxy`,
    label: 'kube-proxy',
    place: (scalarAt(object, 'kind') ?? object).place,
    mode: mode && stated(mode.text, mode),
    strictArp: strict && stated(strict.text === 'true', strict),
    tcpTimeout: seconds('tcpTimeout'),
    udpTimeout: seconds('udpTimeout'),
  };
}

/** A duration as Go writes it: `15m0s`, `900s`, `0`. */
function secondsOf(text: string): number | undefined {
  const parts = /^(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,9})s?)?$/.exec(text);
  if (parts === null || text === '') return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return hours * 3600 + minutes * 60 + seconds;
}

/** kube-vip announces addresses of services where both are switched on; else the one of the control plane at most. */
function arpSwitch(container: Value): Scalar | undefined {
  const switches = new Map(
    itemsAt(container, 'env').flatMap((entry) => {
      const value = scalarAt(entry, 'value');
      return value?.text === 'true' ? [[scalarAt(entry, 'name')?.text, value] as const] : [];
    }),
  );
  return switches.has('svc_enable') ? switches.get('vip_arp') : undefined;
}

function fromPod(host: string, pod: Value, container: Value, image: Scalar): KeepalivedContainer {
  const name = scalarAt(container, 'name')?.text ?? 'keepalived';
  return {
    id: `${host}/container ${name}`,
    label: name,
    place: image.place,
    image: stated(image.text, image),
    hostNetwork: scalarAt(pod, 'hostNetwork')?.text === 'true',
    privileged: scalarAt(container, 'securityContext', 'privileged')?.text === 'true',
    capabilities: capabilitiesIn(itemsAt(container, 'securityContext', 'capabilities', 'add')),
  };
}

function composedIn(host: string, document: Value): readonly KeepalivedContainer[] {
  const services = valueAt(document, 'services');
  if (services?.kind !== 'mapping') return [];
  return [...services.entries].flatMap(([name, service]): KeepalivedContainer[] => {
    const image = scalarAt(service, 'image');
    if (image === undefined || !KEEPALIVED.test(image.text)) return [];
    return [
      {
        id: `${host}/container ${name}`,
        label: name,
        place: image.place,
        image: stated(image.text, image),
        hostNetwork: scalarAt(service, 'network_mode')?.text === 'host',
        privileged: scalarAt(service, 'privileged')?.text === 'true',
        capabilities: capabilitiesIn(itemsAt(service, 'cap_add')),
      },
    ];
  });
}

function capabilitiesIn(items: readonly Value[]): ReadonlySet<string> {
  return new Set(items.flatMap((item) => (item.kind === 'scalar' ? item.text.replace(/^CAP_/, '') : [])));
}
