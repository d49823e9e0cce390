/** Waits, but no longer than until somebody wants the end. */
export function pause(milliseconds: number, stopped?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stopped?.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      stopped?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    stopped?.addEventListener('abort', end, { once: true });
  });
}
