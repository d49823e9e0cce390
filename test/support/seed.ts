/** Fixed, so that a change and not chance makes a test fail; LVSDOCTOR_SEED looks elsewhere. */
export const SEED = Number(process.env.LVSDOCTOR_SEED ?? 20_227);
