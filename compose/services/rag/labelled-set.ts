// Documents of which the facts are known, to measure how well the model reads.

/** A document and what it says. */
export interface LabelledDocument {
  readonly text: string
  readonly facts: Readonly<Record<string, string>>
}

/** Forms, letters and notes as the laboratory gets them. */
export const LABELLED_SET: readonly LabelledDocument[] = [
  {
    text: 'Submitter: Ada Lovelace\nE-mail: ada@lab.example.org\nSample ID: DNA-1001\nSample type: DNA\n' +
      'Concentration: 52.5 ng/µL\nVolume: 30 µL',
    facts: {
      submitter_name: 'Ada Lovelace',
      submitter_email: 'ada@lab.example.org',
      sample_id: 'DNA-1001',
      sample_type: 'DNA',
      concentration: '52.5 ng/µL',
      volume: '30 µL',
    },
  },
  {
    text: 'We send RNA_4711 (rna, 20 ul at 15 ng/ul). Questions to bob@genomics.example. Please use the MiSeq.',
    facts: {
      submitter_email: 'bob@genomics.example',
      sample_id: 'RNA_4711',
      sample_type: 'RNA',
      concentration: '15 ng/ul',
      volume: '20 ul',
      platform: 'MiSeq',
    },
  },
  {
    text: 'Contact: Grace Hopper\nSample: PL00317\nType: Plasma\nVolume: 2 ml\nStorage: -80 °C',
    facts: {
      submitter_name: 'Grace Hopper',
      sample_id: 'PL00317',
      sample_type: 'Plasma',
      volume: '2 ml',
      temperature: '-80 °C',
    },
  },
  {
    text: 'id,type,conc,vol\nTS-20001,tissue,8 ng/ul,50 ul\nTS-20002,tissue,9 ng/ul,55 ul',
    facts: { sample_id: 'TS-20001', sample_type: 'Tissue', concentration: '8 ng/ul', volume: '50 ul' },
  },
  {
    text: 'Name: Rosalind Franklin\nEmail: rf@kings.example\nPlatform: NovaSeq\nSample ID: BL-555\nblood, 0.5 ml',
    facts: {
      submitter_name: 'Rosalind Franklin',
      submitter_email: 'rf@kings.example',
      platform: 'NovaSeq',
      sample_id: 'BL-555',
      sample_type: 'Blood',
      volume: '0.5 ml',
    },
  },
  {
    // Reading this needs more than patterns: the sender is named in the greeting, the volume in words.
    text: 'Dear all, three hundred microlitres of serum SR-9000 are on their way. Kind regards, Barbara',
    facts: { submitter_name: 'Barbara', sample_id: 'SR-9000', sample_type: 'Serum' },
  },
]
