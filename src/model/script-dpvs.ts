import type { SetupStep } from './commands.ts';
import { addressKey } from './endpoint.ts';
import { type CallReader, partFact, textFact, valueAfter } from './script-call.ts';

/** DPVS' `dpip addr add ADDRESS/PREFIX dev DEVICE [sapool]` (iqiyi/dpvs, tools/dpip). */
export const dpip: CallReader = ({ args }): readonly SetupStep[] => {
  const [object, action, address] = args;
  if (!/^addr(?:ess)?$/.test(object?.text ?? '') || action?.text !== 'add' || address === undefined)
    return [];
  const [bare = ''] = address.text.split('/', 1);
  const key = addressKey(bare);
  if (address.unknown || key === undefined) return [];
  const hasPool = args.some(({ text }) => text === 'sapool');
  return [{ does: 'add-dpdk-address', address: partFact(address, 0, bare.length), key, hasPool }];
};

/** DPVS' `ipvsadm --add-laddr -z ADDRESS -t VIP:PORT -F DEVICE`; `-P` is its short form, which upstream does not have. */
export const localAddress: CallReader = ({ args }): readonly SetupStep[] => {
  const address = textFact(valueAfter(args, '-z', '--local-address'));
  const service = textFact(valueAfter(args, '-t', '--tcp-service', '-u', '--udp-service', '-q', '-f'));
  const key = address && addressKey(address.value);
  if (!args.some(({ text }) => text === '--add-laddr' || text === '-P')) return [];
  return [{ does: 'add-local-address', ...(key !== undefined && { key }), ...(service && { service }) }];
};
