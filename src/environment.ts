/** The server's environment: the one edge where variables become typed values. */
import { Type, type Static } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { GapwiseError } from './errors.ts'

const EnvironmentSchema = Type.Object({
  DATABASE_URL: Type.String({
    pattern: '^postgres(ql)?://',
    description: 'Where PostgreSQL is, e.g. postgres://user:password@host:5432/database.',
  }),
  PORT: Type.Integer({ default: 3000, minimum: 0, maximum: 65_535 }),
  HOST: Type.String({ default: '127.0.0.1', minLength: 1 }),
  GAPWISE_RUN_ID: Type.String({
    default: '',
    description: 'Names the run that started this server.',
  }),
  UPSTREAM_URL: Type.Optional(
    Type.String({
      pattern: '^http://[^/?#@]+/?$',
      description:
        'The downstream services of /fanout and /checkout: http://host:port. Without it they answer 502.',
    }),
  ),
  JWT_SECRET: Type.Optional(
    Type.String({
      minLength: 32,
      description:
        'The key of HS256 tokens, at least 256 bits. Without it no token is valid: /checkout answers 401.',
    }),
  ),
  DATABASE_SOCKET: Type.Optional(
    Type.String({
      pattern: '^/',
      description: "The folder of PostgreSQL's unix socket, where it is on this machine.",
    }),
  ),
})

/** Their values never stand in a message. */
const secret: readonly string[] = ['DATABASE_URL', 'JWT_SECRET']

export type Environment = Static<typeof EnvironmentSchema>

/**
 * Reads and checks the variables that the server uses.
 * @throws GapwiseError usage BAD_ENVIRONMENT naming the variable
 */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const environment = Value.Convert(
    EnvironmentSchema,
    Value.Clean(EnvironmentSchema, Value.Default(EnvironmentSchema, { ...variables })),
  )
  const error = Value.Errors(EnvironmentSchema, environment).First()
  if (error !== undefined) {
    const name = error.path.slice(1)
    const hint =
      name === 'DATABASE_URL'
        ? ' `npm start -- PROFILE` brings its own PostgreSQL and sets it.'
        : ''
    throw new GapwiseError(
      'usage',
      'BAD_ENVIRONMENT',
      `Environment variable ${name}: ${error.message}${secret.includes(name) ? '' : `, found ${JSON.stringify(error.value)}`}.${hint}`,
    )
  }
  return environment as Environment
}
