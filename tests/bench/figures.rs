//! Medians and shares.

/// The value in the middle.
pub fn median(values: &[f64]) -> f64 {
    at(values, 0.5)
}

/// The value below which this share of all values lies.
pub fn at(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[((sorted.len() - 1) as f64 * share).round() as usize]
}

/// The median of the ratios taken round by round.
pub fn median_ratio(these: &[f64], limit: &[f64]) -> f64 {
    median(&these.iter().zip(limit).map(|(this, limit)| this / limit).collect::<Vec<_>>())
}
