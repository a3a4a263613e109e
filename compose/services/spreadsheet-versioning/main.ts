// Starts the spreadsheet versioning service as a process.
import { runService } from '../kit/service.ts'
import { spreadsheetVersioning } from './spreadsheet-versioning.ts'

await runService(process.env, spreadsheetVersioning)
