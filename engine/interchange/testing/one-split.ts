/**
 * A model as XGBoost saves it, of one tree with one split: what it predicts below a value of a feature, and from it on. It looks back no
 * further than that feature does.
 */
export function oneSplitJson(
  feature: string,
  at: number,
  { below, above }: { readonly below: number; readonly above: number },
): string {
  const leaf = [0, 0];
  return JSON.stringify({
    learner: {
      attributes: {},
      feature_names: [feature],
      feature_types: ['float'],
      gradient_booster: {
        model: {
          gbtree_model_param: { num_parallel_tree: '1', num_trees: '1' },
          tree_info: [0],
          trees: [
            {
              categories: [],
              default_left: [0, ...leaf],
              id: 0,
              left_children: [1, -1, -1],
              loss_changes: [1, ...leaf],
              right_children: [2, -1, -1],
              split_conditions: [at, below, above],
              split_indices: [0, ...leaf],
              split_type: [0, ...leaf],
              sum_hessian: [2, 1, 1],
            },
          ],
        },
        name: 'gbtree',
      },
      learner_model_param: { base_score: '0E0', num_class: '0', num_feature: '1', num_target: '1' },
      objective: { name: 'reg:squarederror' },
    },
    version: [2, 0, 0],
  });
}
