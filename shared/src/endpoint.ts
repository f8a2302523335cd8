import { z } from 'zod';

/**
 * A contract is a value: from one object come the route, its validation, the stripping of the response, the OpenAPI document,
 * the typed client, the query key and the name of the command in the outbox.
 */
export interface Endpoint<
  P extends z.ZodObject | undefined = any,
  Q extends z.ZodObject | undefined = any,
  B extends z.ZodType | undefined = any,
  R extends z.ZodType = any,
> {
  /** `<module>.<verbNoun>`; also the query key. */
  readonly name: `${string}.${string}`;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api`, unless `at` is `root`. */
  readonly path: `/${string}`;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly response: R;
  /** Media type of a response that is a file or a page and not JSON. */
  readonly produces?: string;
  readonly at?: 'root';
}

type Typed<P, Q, B, R> = Omit<Endpoint, 'params' | 'query' | 'body' | 'response'> & { readonly params: P; readonly query: Q; readonly body: B; readonly response: R };

/** Declares a JSON endpoint. */
export const endpoint = <
  const P extends z.ZodObject | undefined = undefined,
  const Q extends z.ZodObject | undefined = undefined,
  const B extends z.ZodType | undefined = undefined,
  const R extends z.ZodType = z.ZodType,
>(e: Endpoint<P, Q, B, R>) => e as Typed<P, Q, B, R>;

/** Declares an endpoint whose answer is a file or a page: bytes of the media type `produces`. */
export const download = <
  const P extends z.ZodObject | undefined = undefined,
  const Q extends z.ZodObject | undefined = undefined,
  const B extends z.ZodType | undefined = undefined,
>(e: Omit<Endpoint<P, Q, B, z.ZodType<Uint8Array>>, 'response'> & { produces: string }) =>
  ({ ...e, response: z.custom<Uint8Array>() }) as unknown as Typed<P, Q, B, z.ZodType<Uint8Array>>;

type Parts<E, K extends 'input' | 'output'> = E extends { params: infer P; query: infer Q; body: infer B }
  ? { [N in 'params' | 'query' | 'body' as { params: P; query: Q; body: B }[N] extends z.ZodType ? N : never]: { params: P; query: Q; body: B }[N] extends z.ZodType
      ? K extends 'input' ? z.input<{ params: P; query: Q; body: B }[N]> : z.output<{ params: P; query: Q; body: B }[N]>
      : never }
  : never;

/** What a caller gives: `{ params, query, body }`, only the parts that the contract has. */
export type InputOf<E> = Parts<E, 'input'>;
/** What a handler receives after validation. */
export type ArgsOf<E> = Parts<E, 'output'>;
/** What comes back. */
export type OutputOf<E> = E extends { response: infer R } ? (R extends z.ZodType ? z.output<R> : never) : never;

/** The URL path of an endpoint, with `:names` still in it. */
export const routeOf = (e: Endpoint): string => (e.at === 'root' ? e.path : `/api${e.path}`);

export const Id = z.uuid();
/** A calendar day, `YYYY-MM-DD`. */
export const Day = z.iso.date();
/** A person's name or another short line of text: trimmed, NFC, no control characters. */
export const Line = (max = 200) =>
  z.string().max(max * 2).transform((s) => s.normalize('NFC').replace(/\s+/g, ' ').trim()).pipe(z.string().min(1).max(max).regex(/^[^\p{Cc}<>]*$/u));
/** Free text of several lines. */
export const Paragraph = (max = 2000) => z.string().max(max).transform((s) => s.normalize('NFC').trim());
export const Empty = z.object({});
/** A list answer is always an object, because the serializer maps bare arrays item by item. */
export const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), total: z.int() });
export const Paging = { limit: z.coerce.number().int().min(1).max(200).default(50), offset: z.coerce.number().int().min(0).default(0) };
