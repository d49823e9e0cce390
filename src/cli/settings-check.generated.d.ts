/** One complaint of the schema, as ajv words it. */
export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
  readonly data?: unknown;
  readonly parentSchema?: { readonly properties?: Readonly<Record<string, unknown>> };
}

/** Checks the data of lvsdoctor.yaml against docs/lvsdoctor.schema.json. */
declare const check: ((data: unknown) => boolean) & { errors?: readonly SchemaError[] | null };
export default check;
