// Starts the library details service as a process.
import { runService } from '../kit/service.ts'
import { libraryDetails } from './library-details.ts'

await runService(process.env, libraryDetails)
