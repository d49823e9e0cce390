/** True under `npm run generate`: what a test would compare is written instead. */
export const UPDATE =
  (import.meta as unknown as { readonly env: { readonly MODE: string } }).env.MODE === 'update' ||
  process.env.UPDATE_DOCS === '1';
