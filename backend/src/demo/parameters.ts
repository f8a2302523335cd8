/**
 * The demonstration's model of learning. Every number of it stands here. It is invented: it makes plausible, uneven results, and says nothing about
 * real people. People answer by a three-parameter logistic curve over ability and question difficulty, as in item response theory.
 */
export const MODEL = {
  /** The same seed gives the same cascade. */
  seed: 20221108,
  /** Ability before the class: mean and spread, in logits. */
  before: { mean: -0.55, spread: 0.75 },
  /** What a class taught by the first trainers adds, in logits. */
  gain: { mean: 2.3, spread: 0.45 },
  /** Share of the gain that one hand-over keeps (UNITAR: about three quarters). */
  keptPerHandOver: 0.75,
  /** How much better or worse one class is taught than another, in logits. */
  betweenClasses: 0.3,
  /** A question of difficulty 0 lies this far below the mean, one of 1 this far above, in logits. */
  difficultySpan: 1.8,
  discrimination: 1.1,
  /** Chance of a lucky guess among the options. */
  guess: 0.12,
  /** Share of the questions not known that are answered "I don't know yet". */
  admits: 0.2,
  /** Chance to be present in a half-day, and to come late when present. */
  present: 0.97,
  late: 0.04,
  /** Share of the people who miss the pre-test, and the post-test. */
  missesPre: 0.03,
  missesPost: 0.02,
} as const;

/** When things happen. The province class comes first, because its people teach the district classes. */
export const CALENDAR = {
  prepared: '2022-11-02', province: ['2022-11-08', '2022-11-09'], provinceCertificates: '2022-11-12',
  /** First day of each district class, in the order of the files. */
  districts: ['2022-11-15', '2022-11-15', '2022-11-17', '2022-11-17', '2022-11-21', '2022-11-21', '2022-11-23', '2022-11-23', '2022-11-25', '2022-11-25'],
  districtCertificates: '2022-12-05',
} as const;

export const ROSTERS = {
  province: '2022-11-lop-tinh-150.xlsx',
  districts: [
    ['608', '2022-11-lop-01-thanh-pho-kon-tum-116.xlsx'], ['610', '2022-11-lop-02-huyen-dak-glei-71.xlsx'], ['611', '2022-11-lop-03-huyen-ngoc-hoi-47.xlsx'], ['612', '2022-11-lop-04-huyen-dak-to-53.xlsx'], ['613', '2022-11-lop-05-huyen-kon-plong-53.xlsx'],
    ['614', '2022-11-lop-06-huyen-kon-ray-41.xlsx'], ['615', '2022-11-lop-07-huyen-dak-ha-65.xlsx'], ['616', '2022-11-lop-08-huyen-sa-thay-65.xlsx'], ['617', '2022-11-lop-09-huyen-tu-mo-rong-65.xlsx'], ['618', '2022-11-lop-10-huyen-ia-h-drai-24.xlsx'],
  ],
} as const;

/** Classes of the third tier in communes: code of 2022, first day, people in it. Their villages are invented and marked so. */
export const VILLAGE_CLASSES = [['23506', '2023-03-14', 24], ['23353', '2023-03-21', 26], ['23530', '2023-04-04', 22], ['23332', '2023-04-11', 28], ['23545', '2023-04-18', 20], ['23521', '2023-04-25', 24]] as const;
/** Villages of each of these communes; the last two of them send nobody. */
export const VILLAGES = { count: 5, empty: 2, openedOn: '2022-12-15', mergedOn: '2025-07-01', certificatesOn: '2023-05-15' } as const;
/** The province class answers five of its questions again three months later. */
export const REFRESHER = { madeOn: '2022-11-14', takenOn: '2023-02-08', share: 0.7, forgotten: 0.45 } as const;

export const PROGRAMME = 'du-an-8-kon-tum-2022';
/** Invented staff, marked as such in their names; their secrets are printed after loading. */
export const STAFF = {
  owner: { name: 'Trần Thị Mẫu (chủ hệ thống)', phone: '0900000001', secret: 'lan-toa-demo-1' },
  admin: { name: 'Lê Thị Mẫu (quản trị tỉnh)', phone: '0900000002', secret: 'lan-toa-demo-2' },
  registrar: { name: 'Phạm Thị Mẫu (giữ sổ)', phone: '0900000003', secret: 'lan-toa-demo-3' },
  approver: { name: 'Võ Thị Mẫu (phê duyệt)', phone: '0900000004', secret: 'lan-toa-demo-4' },
  editor: { name: 'Bùi Thị Mẫu (biên soạn)', phone: '0900000005', secret: 'lan-toa-demo-5' },
  reviewer: { name: 'Đặng Văn Mẫu (duyệt nội dung)', phone: '0900000006', secret: 'lan-toa-demo-6' },
} as const;
export const DEMO_PIN = '482913';
