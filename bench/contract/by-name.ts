/** The endpoints' contracts by name: the folder is the list. */
import { memberNames } from '../../src/registry.ts'
import type { EndpointContract } from '../contract.ts'

const folder = new URL('./', import.meta.url)

/** Every endpoint that the contract knows, sorted. */
export const endpointContractNames = (): string[] =>
  memberNames(folder).filter((name) => name !== 'by-name')

/**
 * Loads one endpoint's contract.
 * @param name one of `endpointContractNames()`
 */
export async function loadEndpointContract(name: string): Promise<EndpointContract> {
  const module: { contract: EndpointContract } = await import(new URL(`${name}.ts`, folder).href)
  return module.contract
}
